import { connect } from "../server/connect.ts";
import { AppError } from "../server/errors.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "./assert.ts";
import { serveEngines, TOKEN } from "./client.ts";
import { fakeContainer, FakeEngine } from "./fakes/engine.ts";

Deno.test("yields parsed frames after the greeting until the signal aborts", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  const stop = new AbortController();
  const names: string[] = [];
  for await (
    const { name } of connect<{ name: string }>(server.url, "/docker/stats", { signal: stop.signal })
  ) {
    names.push(name);
    stop.abort();
  }
  assertEquals(names, ["web"]);
});

Deno.test("opens nothing when the signal has already aborted", async () => {
  for await (const frame of connect("http://127.0.0.1:1", "/stacks", { signal: AbortSignal.abort() })) {
    throw new Error(`unexpected: ${frame}`);
  }
});

const REFUSALS:
  readonly (readonly [what: string, path: string, token: string | undefined, reason: string])[] = [
    ["a wrong option", "/logs/ws?level=LOUD", undefined, "expected one of DEBUG"],
    ["a missing container", "/logs/ws?container=nope", TOKEN, 'There is no container "nope"'],
    ["no token", "/logs/ws?container=web", undefined, "Cannot answer without the token"],
    ["a wrong token", "/logs/ws", "another-token-than-ours", "Cannot accept this token"],
    ["a path without a socket", "/docker/hosts", undefined, "opens no such socket"],
  ];

for (const [what, path, token, reason] of REFUSALS) {
  Deno.test(`reports why a socket is refused for ${what}`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
    const frames = connect(server.url, path, token === undefined ? {} : { token });
    const error = await assertRejects(() => frames.next(), AppError);
    assertEquals(error.code, path.includes("level=LOUD") ? "usage" : "failed");
    assertStringIncludes(error.message, reason);
  });
}

Deno.test("reports that no server answers", async () => {
  const error = await assertRejects(() => connect("http://127.0.0.1:1", "/stacks").next(), AppError);
  assertEquals(error.code, "unavailable");
  assertStringIncludes(error.message, "Cannot connect to http://127.0.0.1:1: ");
});

Deno.test("reports the reason of a server that closes the connection", async () => {
  const server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  const frames = connect(server.url, "/docker/stats");
  await frames.next();
  await server[Symbol.asyncDispose]();
  const error = await assertRejects(
    async () => {
      for await (const _frame of frames);
    },
    AppError,
  );
  assertStringIncludes(error.message, "closed the connection: ");
});

Deno.test("reports a broken connection as lost", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const breaksOff = (async () => {
    using connection = await listener.accept();
    const buffer = new Uint8Array(4096);
    const request = new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
    const key = /^sec-websocket-key: (.+)$/im.exec(request)?.[1]?.trim();
    const magic = new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    const accept = new Uint8Array(await crypto.subtle.digest("SHA-1", magic)).toBase64();
    const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Protocol: dockstat.v1\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
    await connection.write(new TextEncoder().encode(head));
  })();
  const frames = connect(`http://127.0.0.1:${port}`, "/stacks");
  const error = await assertRejects(() => frames.next(), AppError);
  assertEquals(error.message, `The connection to ws://127.0.0.1:${port} was lost`);
  await breaksOff;
});
