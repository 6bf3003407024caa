import * as v from "valibot";
import { Session } from "../../server/protocol/session.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { beginSession } from "../../server/routes/session.ts";
import { Feed } from "../../server/stats/feed.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { Desktop } from "../fakes/desktop.ts";

Deno.test("a session contains the base URL of the sockets and a ticket", async () => {
  await using desktop = await Desktop.open();
  const session = await desktop.session();
  assert(v.is(Session, session), JSON.stringify(session));
  assertEquals(session.wsBase, desktop.server.url.replace("http", "ws"));
  assert(Date.parse(session.expiresAt) > Date.now());
});

Deno.test("the ticket opens a socket for the page that requested it, from null or a file", async () => {
  await using desktop = await Desktop.open();
  const { ticket } = await desktop.session("file://");
  await using client = desktop.socket(ticket, "null");
  await client.frame("the container", ({ name }) => name === "web");
  assertEquals(client.protocol, "dockstat.v1");
});

Deno.test("the ticket is refused for another page", async () => {
  await using desktop = await Desktop.open();
  const { ticket } = await desktop.session("file://");
  await using client = desktop.socket(ticket, "https://evil.example");
  await client.end();
  assertEquals(client.frames, []);
});

Deno.test("a socket closes with 1008 when its ticket expires", async () => {
  await using desktop = await Desktop.open(300);
  const { ticket } = await desktop.session();
  await using client = desktop.socket(ticket, "null");
  await client.frame("the greeting", ({ message }) => message === "Connection established");
  assertEquals((await client.end()).code, 1008);
});

Deno.test("POST /session does not exist on the port", async () => {
  await using desktop = await Desktop.open();
  const answer = await fetch(`${desktop.server.url}/session`, { method: "POST", body: "{}" });
  assertEquals(answer.status, 404);
  await answer.body?.cancel();
});

Deno.test("with a Unix socket the port serves only the three sockets and /healthz", async () => {
  await using desktop = await Desktop.open();
  const status = async (path: string) => {
    const answer = await fetch(desktop.server.url + path);
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await status("/healthz"), 200);
  for (const path of ["/", "/docker/stats", "/docker/hosts", "/stacks", "/logs", "/about", "/metrics"]) {
    assertEquals(await status(path), 404, path);
  }
});

Deno.test("the Unix socket serves everything without a token", async () => {
  await using desktop = await Desktop.open();
  assertEquals((await (await desktop.request("/about")).json()).access, "full");
  assertEquals(
    (await (await desktop.request("/docker/stats")).json()).map(({ name }: { name: string }) => name),
    ["web"],
  );
  const refused = await desktop.request("/stacks", { name: "WRONG", compose: "services: {}" });
  assertEquals((await refused.json()).status, 422);
});

Deno.test("an invalid origin is refused with an example", async () => {
  await using desktop = await Desktop.open();
  const answer = await desktop.request("/session", { origin: "not an origin", protocol: "file:" });
  const problem = await answer.json();
  assertEquals([answer.status, problem.errors[0].path], [422, "origin"]);
  assertStringIncludes(problem.detail, '"file://"');
});

Deno.test("with a Unix socket the port ignores upgrade headers of other methods", async () => {
  await using desktop = await Desktop.open();
  for (const method of ["POST", "HEAD", "OPTIONS"]) {
    const { hostname, port } = new URL(desktop.server.url);
    using connection = await Deno.connect({ hostname, port: Number(port) });
    const head =
      `${method} /stacks HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: close\r\n`;
    await connection.write(new TextEncoder().encode(`${head}Authorization: Bearer ${TOKEN}\r\n\r\n`));
    const bytes = new Uint8Array(64);
    await connection.read(bytes);
    assertStringIncludes(new TextDecoder().decode(bytes), "404", method);
  }
});

/** Returns the base URL of the sockets, for a server with a hostname in a container with these ports. */
async function wsBase(hostname: string | undefined, portPairs: string): Promise<string | null> {
  const container = fakeContainer("dockstat", { portPairs });
  const engine = new FakeEngine(container, fakeContainer("web", { portPairs: "8080:80/tcp 1234:9876/udp" }));
  await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
  using tickets = new Tickets();
  const name = hostname === "own" ? container.id.slice(0, 12) : hostname;
  const parts = { tickets, feed, hostname: name, listensOn: () => "http://127.0.0.1:9876" };
  return (await (await beginSession({ origin: "file://" }, parts)).json()).wsBase;
}

Deno.test("in a container the base URL has the port that the engine has published", async () => {
  assertEquals(await wsBase("own", "53:53/udp 49731:9876/tcp"), "ws://127.0.0.1:49731");
});

Deno.test("a container that does not publish the port has no base URL", async () => {
  assertEquals(await wsBase("own", "8080:80/tcp"), null);
});

Deno.test("outside the engine's containers the base URL is the server's own address", async () => {
  assertEquals(await wsBase("laptop", "49731:9876/tcp"), "ws://127.0.0.1:9876");
  assertEquals(await wsBase("web", "49731:9876/tcp"), "ws://127.0.0.1:9876");
  assertEquals(await wsBase(undefined, "49731:9876/tcp"), "ws://127.0.0.1:9876");
});
