import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { rawConnection, serveEngines, TestClient, TOKEN, upgradeRequest } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";

/** 6 MB a tick: more than the buffers of the system hold. */
const MANY = Array.from(
  { length: 300 },
  (_, index) => fakeContainer(`c${index}`, { image: "i".repeat(20_000) }),
);

Deno.test("a server that stops closes its clients with 1001", async () => {
  const server = await serveEngines({ Localhost: new FakeEngine() });
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("the greeting", () => true);
  await server[Symbol.asyncDispose]();
  const { code, wasClean } = await client.end();
  assertEquals([code, wasClean], [1001, true]);
});

Deno.test("a protocol is spoken to clients that put no space after a comma as well", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const list of ["dockstat.v1,token.YQ", "dockstat.v1, token.YQ", "token.YQ ,dockstat.v1"]) {
    using client = await rawConnection(server.url);
    const token = btoa(TOKEN).replaceAll("=", "");
    const headers = { "Sec-WebSocket-Protocol": list.replace("YQ", token) };
    await client.write(upgradeRequest("/docker/stats", headers));
    const answer = await bytesUntil(client, "Connection established", 1000);
    assertStringIncludes(answer, "HTTP/1.1 101 ");
    assertStringIncludes(answer, "sec-websocket-protocol: dockstat.v1\r\n");
  }
});

Deno.test("a viewer that never reads is sent away, and holds up no other viewer", async () => {
  const options = { bufferBytes: 64 * 1024, patienceSeconds: 0.3 };
  const engine = new FakeEngine(...MANY);
  await using server = await serveEngines({ Localhost: engine }, {}, options);
  using stuck = await rawConnection(server.url);
  await stuck.write(upgradeRequest("/docker/stats?detail=full"));
  await using other = new TestClient(server.url, "/docker/stats?batch=1");
  await eventually("many batches", () => other.frames.length > 3);
  const batches = other.frames.length;
  await eventually("more batches", () => other.frames.length > batches + 3);
  const code = String.fromCharCode(1013 >> 8, 1013 & 255);
  assertStringIncludes(await bytesUntil(stuck, "slowly"), `${code}reads too slowly`);
  // Without its containers, whose names are long, there is less to read.
  engine.goDown("over");
  await eventually("the end of the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "down";
  });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assertStringIncludes(metrics, "\ndockstat_sockets_too_slow_total 1\n");
});

Deno.test("a peer that answers no ping is dropped", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ Localhost: engine }, {}, { idleSeconds: 1 });
  using silent = await rawConnection(server.url);
  await silent.write(upgradeRequest("/docker/stats"));
  const buffer = new Uint8Array(64 * 1024);
  // Reads, but never answers: the end of the stream is the server's doing.
  let ended = false;
  (async () => {
    while (await silent.read(buffer) !== null);
    ended = true;
  })();
  assert(await eventually("the end of the connection", () => ended));
});

Deno.test("a frame that is too large closes the socket with 1008", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/docker/stats`);
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  socket.onopen = () => socket.send("x".repeat(5000));
  assertEquals((await closed).code, 1008);
});

Deno.test("one socket too many is refused, and there is room again when one closes", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { socketsPerPeer: 2 });
  await using _one = new TestClient(server.url, "/docker/stats");
  {
    await using other = new TestClient(server.url, "/docker/stats");
    await other.frame("the greeting", () => true);
    await using third = new TestClient(server.url, "/docker/stats");
    await third.end();
    assertEquals(third.frames, []);
  }
  await eventually("room", async () => {
    await using next = new TestClient(server.url, "/docker/stats");
    await eventually("an answer", () => next.frames.length > 0 || next.closed);
    return next.frames.length > 0;
  });
});

/** The end of what was sent, up to a word, a character per byte. */
async function bytesUntil(connection: Deno.TcpConn, word: string, keep = 64): Promise<string> {
  const buffer = new Uint8Array(64 * 1024);
  let tail = "";
  while (!tail.includes(word)) {
    const read = await connection.read(buffer);
    if (read === null) break;
    tail = (tail + String.fromCharCode(...buffer.subarray(Math.max(0, read - keep), read))).slice(-keep);
  }
  return tail;
}
