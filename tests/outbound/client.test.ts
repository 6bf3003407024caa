import { assert, assertEquals, assertRejects, eventually } from "../assert.ts";
import { OutboundClient, type OutboundOptions } from "../../server/outbound/client.ts";
import { certificates } from "../fakes/certificates.ts";
import { rawServer } from "../fakes/outbound/raw_server.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { freePort } from "../free_port.ts";

const HELLO = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello";

/** A client that may reach ports of this machine, and resolves every name to it. */
function localClient(port: number, options: OutboundOptions = {}): OutboundClient {
  return new OutboundClient({
    allow: [{ address: "127.0.0.1", port }],
    resolve: () => Promise.resolve(["127.0.0.1"]),
    ...options,
  });
}

const text = (body: Uint8Array) => new TextDecoder().decode(body);

Deno.test("sends method, Host, headers and body, and returns the answer", async () => {
  await using server = rawServer(HELLO);
  const outcome = await localClient(server.port).request({
    url: `http://hook.example:${server.port}/path?q=1`,
    method: "POST",
    headers: { "x-token": "t" },
    body: "bödy",
  });
  assert(outcome.kind === "answered");
  assertEquals([outcome.status, outcome.headers["x-a"], text(outcome.body)], [200, "b", "hello"]);
  const [request = ""] = server.requests;
  assert(request.startsWith("POST /path?q=1 HTTP/1.1\r\n"));
  assert(request.toLowerCase().includes(`host: hook.example:${server.port}\r\n`));
  assert(request.includes("x-token: t") && request.endsWith("bödy"));
});

for (
  const [what, url, addresses, why] of [
    ["a loopback name", "http://localhost/", ["127.0.0.1"], "loopback"],
    ["a loopback address", "http://127.0.0.1/", [], "loopback"],
    ["a short loopback address", "http://127.1/", [], "loopback"],
    ["a loopback address as a number", "http://2130706433/", [], "loopback"],
    ["a loopback address in other digits", "http://①②⑦.0.0.1/", [], "loopback"],
    ["IPv6 loopback", "http://[::1]/", [], "loopback"],
    ["a mapped loopback address", "http://[::ffff:127.0.0.1]/", [], "loopback"],
    ["the unspecified address", "http://0.0.0.0/", [], "unspecified"],
    ["a metadata service", "http://169.254.169.254/latest/meta-data/", [], "link-local"],
    ["a name with one forbidden address among others", "https://x.example/", [
      "93.184.216.34",
      "169.254.169.254",
    ], "link-local"],
    ["another scheme", "file:///etc/passwd", [], "scheme"],
    ["a text that is no URL", "nonsense", [], "scheme"],
  ] as const
) {
  Deno.test(`blocks ${what}`, async () => {
    const client = new OutboundClient({ resolve: () => Promise.resolve(addresses) });
    assertEquals(await client.request({ url }), { kind: "blocked", why });
  });
}

Deno.test("connects to the address that it has checked, although the name changes its address", async () => {
  await using server = rawServer(HELLO);
  let asked = 0;
  const resolve = () => Promise.resolve(asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]);
  const outcome = await localClient(server.port, { resolve }).request({
    url: `http://x.example:${server.port}/`,
  });
  assertEquals([outcome.kind, asked], ["answered", 1]);
});

Deno.test("checks the address again when a name has changed it between requests", async () => {
  await using server = rawServer(HELLO);
  const answers = [["127.0.0.1"], ["127.0.0.2"]];
  const client = localClient(server.port, { resolve: () => Promise.resolve(answers.shift()!) });
  const url = `http://x.example:${server.port}/`;
  assertEquals((await client.request({ url })).kind, "answered");
  assertEquals(await client.request({ url }), { kind: "blocked", why: "loopback" });
});

for (
  const location of [
    "http://127.0.0.1:1/",
    "http://other.example/",
    "//169.254.169.254/",
    "https://hook.example/",
    "",
  ]
) {
  Deno.test(`follows no redirect to "${location}"`, async () => {
    await using server = rawServer(
      `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
    );
    const outcome = await localClient(server.port).request({
      url: `http://hook.example:${server.port}/`,
      followRedirects: location !== "",
    });
    assertEquals(outcome, { kind: "blocked", why: "redirect" });
    assertEquals(server.requests.length, 1);
  });
}

Deno.test("follows a redirect to the same host if asked, five times at most", async () => {
  await using server = rawServer("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
  const url = `http://hook.example:${server.port}/`;
  const outcome = await localClient(server.port).request({ url, followRedirects: true });
  assertEquals(outcome, { kind: "blocked", why: "redirect" });
  assertEquals(server.requests.length, 6);
});

Deno.test("follows no redirect of a POST", async () => {
  await using server = rawServer("HTTP/1.1 307 X\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
  const request = {
    url: `http://h.example:${server.port}/`,
    method: "POST",
    body: "x",
    followRedirects: true,
  } as const;
  assertEquals(await localClient(server.port).request(request), { kind: "blocked", why: "redirect" });
  assertEquals(server.requests.length, 1);
});

for (
  const [what, answer] of [
    ["a server that never answers", ""],
    ["half a head", "HTTP/1.1 200 OK\r\nX-"],
    ["half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel"],
  ] as const
) {
  Deno.test(`gives up on ${what}`, async () => {
    await using server = rawServer(answer, { keepOpen: true });
    const client = localClient(server.port, { timeoutMs: 200 });
    assertEquals(await client.request({ url: `http://h.example:${server.port}/` }), { kind: "timeout" });
    await eventually("the connection to be closed", () => server.open === 0);
  });
}

Deno.test("gives up on a name that is never resolved", async () => {
  const client = new OutboundClient({ resolve: () => new Promise(() => {}), timeoutMs: 50 });
  assertEquals(await client.request({ url: "http://slow.example/" }), { kind: "timeout" });
});

Deno.test("gives up on an answer without end at its limit", async () => {
  await using server = rawServer("HTTP/1.1 200 OK\r\n\r\n", { repeat: "x".repeat(65_536) });
  const outcome = await localClient(server.port).request({ url: `http://h.example:${server.port}/` });
  assertEquals(outcome, { kind: "too-large" });
  await eventually("the connection to be closed", () => server.open === 0);
});

Deno.test("gives up on a head without end", async () => {
  await using server = rawServer("HTTP/1.1 200 OK\r\n", { repeat: `X-${"a".repeat(1000)}: b\r\n` });
  const client = localClient(server.port, { timeoutMs: 2_000 });
  const { kind } = await client.request({ url: `http://h.example:${server.port}/` });
  assert(kind === "unreachable" || kind === "timeout", kind);
  await eventually("the connection to be closed", () => server.open === 0);
});

Deno.test("returns at the head if the body is to be ignored", async () => {
  await using server = rawServer("HTTP/1.1 204 OK\r\n\r\n", { repeat: "x".repeat(65_536) });
  const outcome = await localClient(server.port).request({
    url: `http://h.example:${server.port}/`,
    ignoreBody: true,
  });
  assert(outcome.kind === "answered");
  assertEquals([outcome.status, outcome.body.length], [204, 0]);
  await eventually("the connection to be closed", () => server.open === 0);
});

for (
  const [what, answer] of [
    ["an answer that is not HTTP", "SSH-2.0-OpenSSH\r\n"],
    ["no answer at all", ""],
    ["an answer cut short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel"],
  ] as const
) {
  Deno.test(`reports ${what} as unreachable`, async () => {
    await using server = rawServer(answer);
    const { kind } = await localClient(server.port).request({ url: `http://h.example:${server.port}/` });
    assertEquals(kind, "unreachable");
  });
}

Deno.test("reports an unknown name, and a port without a listener", async () => {
  const unknown = new OutboundClient({ resolve: () => Promise.reject(new Error("ENOTFOUND")) });
  assertEquals(await unknown.request({ url: "http://no.example/" }), { kind: "unreachable", why: "name" });
  const port = freePort();
  const outcome = await localClient(port).request({ url: `http://h.example:${port}/` });
  assertEquals(outcome, { kind: "unreachable", why: "connection" });
});

Deno.test("ignores the proxies of the environment", async () => {
  await using server = rawServer(HELLO);
  const names = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"];
  for (const name of names) Deno.env.set(name, "http://127.0.0.1:1");
  try {
    const outcome = await localClient(server.port).request({ url: `http://h.example:${server.port}/` });
    assertEquals(outcome.kind, "answered");
  } finally {
    for (const name of names) Deno.env.delete(name);
  }
});

Deno.test("checks the certificate against the name, not the address", async () => {
  using folder = temporaryFolder();
  const path = await certificates(folder);
  const [cert, key, ca] = await Promise.all(
    ["server", "server-key", "ca"].map((n) => Deno.readTextFile(path(n))),
  );
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", cert: cert!, key: key!, onListen() {} },
    () => new Response("ok"),
  );
  const { port } = server.addr as Deno.NetAddr;
  const client = localClient(port, { ca: [ca!] });
  assertEquals((await client.request({ url: `https://127.0.0.1:${port}/` })).kind, "answered");
  const wrongName = await client.request({ url: `https://hook.example:${port}/` });
  assertEquals(wrongName, { kind: "unreachable", why: "certificate" });
  const unknownIssuer = await localClient(port).request({ url: `https://127.0.0.1:${port}/` });
  assertEquals(unknownIssuer, { kind: "unreachable", why: "certificate" });
});

Deno.test("rejects when its signal aborts, and closes the connection", async () => {
  await using server = rawServer("", { keepOpen: true });
  const controller = new AbortController();
  const sent = localClient(server.port).request({
    url: `http://h.example:${server.port}/`,
    signal: controller.signal,
  });
  await eventually("the request to arrive", () => server.requests.length === 1);
  controller.abort(new Error("stopped"));
  await assertRejects(() => sent, Error, "stopped");
  await eventually("the connection to be closed", () => server.open === 0);
});

Deno.test("resolves for other protocols with the same checks", async () => {
  const client = new OutboundClient({ resolve: () => Promise.resolve(["10.0.0.5"]) });
  assertEquals(await client.resolve("mail.example", 587), { kind: "resolved", addresses: ["10.0.0.5"] });
  assertEquals(await client.resolve("127.0.0.1", 25), { kind: "blocked", why: "loopback" });
});
