import * as v from "valibot";
import { Session } from "../../server/protocol/session.ts";
import { serve, type Server } from "../../server/serve.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { TestClient, testConfig, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { QUICK } from "../fakes/times.ts";

const HOST = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };

/** A server with a unix socket, and a client that comes by it. */
class Desktop implements AsyncDisposable {
  readonly #folder = temporaryFolder({});
  readonly path: string = this.#folder.path("backend.sock");
  readonly #client = Deno.createHttpClient({ proxy: { transport: "unix", path: this.path } });
  server!: Server;

  static async open(ticketMs?: number): Promise<Desktop> {
    const desktop = new Desktop();
    const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket: desktop.path } });
    desktop.server = await serve(config, {
      times: QUICK,
      openEngine: () => new FakeEngine(fakeContainer("web")),
      ...ticketMs === undefined ? {} : { ticketMs },
    });
    return desktop;
  }

  ask(path: string, body?: unknown): Promise<Response> {
    return fetch(`http://localhost${path}`, {
      client: this.#client,
      ...body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
    });
  }

  async session(origin = "file://"): Promise<v.InferOutput<typeof Session>> {
    return await (await this.ask("/session", { origin, protocol: "file:" })).json();
  }

  /** A socket that presents a ticket, from a page of an origin. */
  socket(ticket: string, origin: string): TestClient {
    return new TestClient(this.server.url, "/docker/stats", undefined, {
      protocols: ["dockstat.v1", `ticket.${ticket}`],
      headers: { origin },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.server[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}

Deno.test("a session tells where the sockets are, and gives a ticket for them", async () => {
  await using desktop = await Desktop.open();
  const session = await desktop.session();
  assert(v.is(Session, session), JSON.stringify(session));
  assertEquals(session.wsBase, desktop.server.url.replace("http", "ws"));
  assert(Date.parse(session.expiresAt) > Date.now());
});

Deno.test("the ticket opens a socket for the page that asked, null and file being one", async () => {
  await using desktop = await Desktop.open();
  const { ticket } = await desktop.session("file://");
  await using client = desktop.socket(ticket, "null");
  await client.frame("the container", ({ name }) => name === "web");
  assertEquals(client.protocol, "dockstat.v1");
});

Deno.test("the ticket opens nothing for another page", async () => {
  await using desktop = await Desktop.open();
  const { ticket } = await desktop.session("file://");
  await using client = desktop.socket(ticket, "https://evil.example");
  await client.end();
  assertEquals(client.frames, []);
});

Deno.test("a socket ends with its ticket, with 1008", async () => {
  await using desktop = await Desktop.open(300);
  const { ticket } = await desktop.session();
  await using client = desktop.socket(ticket, "null");
  await client.frame("the greeting", ({ message }) => message === "Connection established");
  assertEquals((await client.end()).code, 1008);
});

Deno.test("POST /session is not there on a port", async () => {
  await using desktop = await Desktop.open();
  const answer = await fetch(`${desktop.server.url}/session`, { method: "POST", body: "{}" });
  assertEquals(answer.status, 404);
  await answer.body?.cancel();
});

Deno.test("with a unix socket the port answers to the three sockets and /healthz alone", async () => {
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

Deno.test("everything else is answered on the unix socket, without a token", async () => {
  await using desktop = await Desktop.open();
  assertEquals((await (await desktop.ask("/about")).json()).access, "full");
  assertEquals(
    (await (await desktop.ask("/docker/stats")).json()).map(({ name }: { name: string }) => name),
    ["web"],
  );
  const refused = await desktop.ask("/stacks", { name: "WRONG", compose: "services: {}" });
  assertEquals((await refused.json()).status, 422);
});

Deno.test("an origin that is none is refused with what would be right", async () => {
  await using desktop = await Desktop.open();
  const answer = await desktop.ask("/session", { origin: "not an origin", protocol: "file:" });
  const problem = await answer.json();
  assertEquals([answer.status, problem.errors[0].path], [422, "origin"]);
  assertStringIncludes(problem.detail, '"file://"');
});

Deno.test("the unix socket is for its owner alone, and gone with the server", async () => {
  const desktop = await Desktop.open();
  assertEquals((await Deno.stat(desktop.path)).mode! & 0o777, 0o600);
  const { path } = desktop;
  await desktop[Symbol.asyncDispose]();
  await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("a socket that a killed server left is replaced", async () => {
  using folder = temporaryFolder({});
  const socket = folder.path("backend.sock");
  const left = Deno.listen({ transport: "unix", path: socket });
  await Deno.rename(socket, `${socket}.kept`);
  left.close();
  await Deno.rename(`${socket}.kept`, socket);
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket } });
  await using _server = await serve(config, { openEngine: () => new FakeEngine() });
  assert((await Deno.stat(socket)).isSocket);
});

Deno.test("a socket that somebody listens on is left to them", async () => {
  await using desktop = await Desktop.open();
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket: desktop.path } });
  const failure = await assertRejects(() => serve(config, { openEngine: () => new FakeEngine() }), Error);
  assertStringIncludes(failure.message, "another program listens there");
});

Deno.test("a file of that name is not touched", async () => {
  using folder = temporaryFolder({ "notes.txt": "mine" });
  const socket = folder.path("notes.txt");
  const config = testConfig([HOST], { listen: { host: "127.0.0.1", port: 0, socket } });
  const failure = await assertRejects(() => serve(config, { openEngine: () => new FakeEngine() }), Error);
  assertStringIncludes(failure.message, "that is not a socket");
  assertEquals(await Deno.readTextFile(socket), "mine");
});

Deno.test("with a unix socket the port does nothing for a request that only says it wants a socket", async () => {
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
