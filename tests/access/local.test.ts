/** Tests for requests that may view without the token. */
import fc from "fast-check";
import { isLocal, type LocalRules } from "../../server/access/local.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { rawConnection, serveEngines, TOKEN } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { startProgram } from "../program.ts";

const RULES: LocalRules = { listenHost: "127.0.0.1", origins: [], viewToken: false };

function local(url: string, headers: Record<string, string> = {}, rules: Partial<LocalRules> = {}): boolean {
  const request = new Request(url, { headers: { host: new URL(url).host, ...headers } });
  return isLocal(request, new URL(url), { ...RULES, ...rules });
}

Deno.test("a request to a loopback name is local", () => {
  for (const host of ["127.0.0.1:9876", "localhost:9876", "[::1]:9876", "dock.localhost"]) {
    assertEquals(local(`http://${host}/`), true, host);
  }
});

Deno.test("a request to any other name is not local", () => {
  for (const host of ["dock.example.org", "192.168.1.5:9876", "127.0.0.1.nip.io"]) {
    assertEquals(local(`http://${host}/`), false, host);
  }
});

Deno.test("a request without Host is not local", () => {
  assertEquals(isLocal(new Request("http://127.0.0.1/"), new URL("http://127.0.0.1/"), RULES), false);
});

Deno.test("a request to a server on another address is not local", () => {
  assertEquals(local("http://127.0.0.1:9876/", {}, { listenHost: "0.0.0.0" }), false);
});

Deno.test("no request is local when viewing needs the token", () => {
  assertEquals(local("http://127.0.0.1:9876/", {}, { viewToken: true }), false);
});

Deno.test("no request is local when an origin outside loopback is configured", () => {
  assertEquals(local("http://127.0.0.1:9876/", {}, { origins: ["https://dock.example.org"] }), false);
  assertEquals(local("http://127.0.0.1:9876/", {}, { origins: ["http://localhost:3000"] }), true);
});

const FORWARDING = [
  "Forwarded",
  "Via",
  "X-Real-IP",
  "True-Client-IP",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Anything",
  "X-Original-URI",
  "X-Client-IP",
  "CF-Connecting-IP",
  "Fly-Client-IP",
  "Tailscale-User-Login",
  "x_forwarded_for",
  "X_Real_IP",
  "X-Forwarded",
  "X-Cluster-Client-IP",
  "X-Envoy-External-Address",
  "X-Azure-ClientIP",
  "X-Request-Id",
  "X-Unheard-Of",
  "Client-IP",
  "Fastly-Client-IP",
  "WL-Proxy-Client-IP",
  "Ali-CDN-Real-IP",
  "Forwarded-For",
  "CDN-Loop",
  "Remote-User",
];

/** Headers of local clients, then some that only look like a proxy's. */
const NOT_FORWARDING = [
  "X-Requested-With",
  "X-Prometheus-Scrape-Timeout-Seconds",
  "Xcf-a",
  "Viaduct",
  "Client-Ipsum",
];

/** Sends a request by hand, since `fetch` drops empty headers; returns the status. */
async function statusOf(url: string, header: string, path = "/docker/hosts"): Promise<string | undefined> {
  using connection = await rawConnection(url);
  const connectionHeader = header.startsWith("Upgrade") ? "Upgrade" : "close";
  const request = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `${header}Connection: ${connectionHeader}`,
    "\r\n",
  ].join("\r\n");
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(4096);
  const count = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, count ?? 0)).split(" ")[1];
}

Deno.test("a request with a forwarding header needs the token, even if the header is empty", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  assertEquals(await statusOf(server.url, ""), "200");
  for (const name of FORWARDING) {
    assertEquals(await statusOf(server.url, `${name}: 10.0.0.1\r\n`), "401", name);
    assertEquals(await statusOf(server.url, `${name}:\r\n`), "401", `${name} (empty)`);
    const bearer = `${name}: 10.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\n`;
    assertEquals(await statusOf(server.url, bearer), "200", `${name} with the token`);
  }
});

Deno.test("a request with a header of a local client is local", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const name of NOT_FORWARDING) assertEquals(await statusOf(server.url, `${name}: 1\r\n`), "200", name);
});

Deno.test("no spelling of a forwarding header, and no value, makes a request local", () => {
  const starts = ["x-forwarded-", "x-original-", "x-client-", "x-", "cf-", "fly-", "tailscale-", "remote-"];
  const names = fc.oneof(
    fc.constantFrom("forwarded", "via", "x-real-ip", "true-client-ip", "client-ip", "cdn-loop"),
    fc.tuple(fc.constantFrom(...starts), fc.stringMatching(/^[a-z0-9_-]{1,12}$/)).map((parts) =>
      parts.join("")
    ),
  );
  const spelled = fc.tuple(names, fc.array(fc.nat(2), { minLength: 32, maxLength: 32 })).map(([name, ways]) =>
    [...name].map((letter, index) => {
      if (letter === "-") return ways[index] === 0 ? "_" : "-";
      return ways[index] === 0 ? letter.toUpperCase() : letter;
    }).join("")
  );
  fc.assert(
    fc.property(spelled, fc.constantFrom("", "127.0.0.1", "localhost", "for=127.0.0.1"), (name, value) => {
      assertEquals(local("http://127.0.0.1:9876/", { [name]: value }), false, name);
    }),
    { numRuns: 2000, seed: 5 },
  );
});

Deno.test("no header changes a link or what a request is allowed", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const odd = {
    "x-forwarded-prefix": "/evil",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-original-url": "/healthz",
    "x-rewrite-url": "/healthz",
    "x-http-method-override": "GET",
  };
  const post = (path: string, body: unknown) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { ...odd, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const signedIn = await post("/sessions", { token: TOKEN });
  await signedIn.body?.cancel();
  const location = signedIn.headers.get("location") ?? "";
  assertEquals([signedIn.status, location.startsWith("/sessions/")], [201, true]);
  const changed = await post("/stacks", { name: "a", compose: "" });
  await changed.body?.cancel();
  assertEquals(changed.status, 401);
});

Deno.test("a forwarded socket needs the token", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  assertEquals(await statusOf(server.url, upgrade, "/docker/stats"), "101");
  assertEquals(await statusOf(server.url, `${upgrade}Via: 1.1 proxy\r\n`, "/docker/stats"), "401");
});

const SITES: readonly (readonly [what: string, headers: string, path: string, status: string])[] = [
  ["a cross-site request", "Sec-Fetch-Site: cross-site\r\n", "/docker/hosts", "403"],
  ["a same-site request", "Sec-Fetch-Site: same-site\r\n", "/docker/hosts", "403"],
  ["a cross-site request in capitals", "Sec-Fetch-Site: CROSS-SITE\r\n", "/docker/hosts", "403"],
  [
    "a cross-site request with a second value",
    "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n",
    "/docker/hosts",
    "403",
  ],
  [
    "a cross-site request without CORS",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
    "/docker/hosts",
    "403",
  ],
  ["a request with an unknown site", "Sec-Fetch-Site: elsewhere\r\n", "/docker/hosts", "403"],
  ["a same-origin request", "Sec-Fetch-Site: same-origin\r\n", "/docker/hosts", "200"],
  ["an address typed by the user", "Sec-Fetch-Site: none\r\n", "/docker/hosts", "200"],
  [
    "a cross-site navigation to data",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n",
    "/docker/hosts",
    "403",
  ],
  [
    "a cross-site navigation to the page in a frame",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
    "/",
    "403",
  ],
];

for (const [what, headers, path, status] of SITES) {
  Deno.test(`${what} is answered with ${status}`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine() });
    assertEquals(await statusOf(server.url, headers, path), status);
  });
}

Deno.test("a cross-site navigation to the page is allowed", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const headers = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
  // 404 where the dashboard has not been built.
  assertEquals(["200", "404"].includes(await statusOf(server.url, headers, "/") ?? ""), true);
});

Deno.test("--view-token requires the token on loopback, and without it the log warns about a proxy", async () => {
  await using open = startProgram(["serve", "--demo", "1", "--port", "0"]);
  assertEquals(await statusOf(await open.url(), "X-Forwarded-For: 10.0.0.1\r\n"), "401");
  await open.logged("A proxy forwards requests");
  await using closed = startProgram(["serve", "--demo", "1", "--port", "0", "--view-token"]);
  assertEquals(await statusOf(await closed.url(), "X-Forwarded-For: 10.0.0.1\r\n"), "401");
  assertEquals(await statusOf(await closed.url(), ""), "401");
  await eventually("the log", () => closed.err.includes("Listening on"));
  assertEquals(closed.err.includes("A proxy forwards requests"), false);
});

Deno.test("--no-auth on another address starts only with --read-only", async () => {
  await using refused = startProgram([
    "serve",
    "--demo",
    "1",
    "--port",
    "0",
    "--host",
    "0.0.0.0",
    "--no-auth",
  ]);
  assertEquals(await refused.status, 2);
  assertStringIncludes(refused.err, "expected --read-only");
  const flags = ["--host", "0.0.0.0", "--no-auth", "--read-only"];
  await using started = startProgram(["serve", "--demo", "1", "--port", "0", ...flags]);
  await started.url();
});
