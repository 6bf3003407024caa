import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { rawConnection, serveEngines, TestClient, TOKEN, upgradeRequest } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";

/** Containers whose batches take 6 MB, more than the buffers of the system hold. */
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

Deno.test("accepts a list of subprotocols with any spacing", async () => {
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

Deno.test("disconnects a client that never reads, without delaying others", async () => {
  const options = { bufferBytes: 64 * 1024, patienceSeconds: 0.3 };
  const engine = new FakeEngine(...MANY);
  await using server = await serveEngines({ Localhost: engine }, {}, options);
  using stuck = await rawConnection(server.url);
  await stuck.write(upgradeRequest("/docker/stats?detail=full"));
  await using other = new TestClient(server.url, "/docker/stats?batch=1&container=c0");
  await eventually("many batches", () => other.frames.length > 3);
  const batches = other.frames.length;
  await eventually("more batches", () => other.frames.length > batches + 3);
  const code = String.fromCharCode(1013 >> 8, 1013 & 255);
  assertStringIncludes(await bytesUntil(stuck, "slowly"), `${code}reads too slowly`);
  // Fewer frames follow without the containers and their long image names.
  engine.goDown("over");
  await eventually("the failure of the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "down";
  });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assertStringIncludes(metrics, "\ndockstat_sockets_too_slow_total 1\n");
});

Deno.test("disconnects a peer that answers no ping", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ Localhost: engine }, {}, { idleSeconds: 1 });
  using silent = await rawConnection(server.url);
  await silent.write(upgradeRequest("/docker/stats"));
  const buffer = new Uint8Array(64 * 1024);
  // This client reads but never answers a ping, so only the server can end the stream.
  let ended = false;
  (async () => {
    while (await silent.read(buffer) !== null);
    ended = true;
  })();
  assert(await eventually("the end of the connection", () => ended));
});

Deno.test("closes the socket with 1008 after a frame that is too large", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/docker/stats`);
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  socket.onopen = () => socket.send("x".repeat(5000));
  assertEquals((await closed).code, 1008);
});

Deno.test("refuses one socket too many, and accepts another once one has closed", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { socketsWithoutToken: 2 });
  await using one = new TestClient(server.url, "/docker/stats");
  await one.frame("the greeting", () => true);
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

Deno.test("sockets without the token never lock out clients with it", async () => {
  const limits = { sockets: 4, socketsPerPeer: 4, socketsWithoutToken: 50 };
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, limits);
  await using clients = new AsyncDisposableStack();
  const open = async (token?: string) => {
    const client = clients.use(new TestClient(server.url, "/docker/stats", token));
    await eventually("an answer", () => client.frames.length > 0 || client.closed);
    return client.frames.length > 0;
  };
  assertEquals([await open(), await open(), await open()], [true, true, false]);
  assertEquals([await open(TOKEN), await open(TOKEN), await open(TOKEN)], [true, true, false]);
});

/** Reads until a text occurs, one character per byte, and returns the last characters. */
async function bytesUntil(connection: Deno.TcpConn, text: string, keep = 64): Promise<string> {
  const buffer = new Uint8Array(64 * 1024);
  let tail = "";
  while (!tail.includes(text)) {
    const read = await connection.read(buffer);
    if (read === null) break;
    tail = (tail + String.fromCharCode(...buffer.subarray(Math.max(0, read - keep), read))).slice(-keep);
  }
  return tail;
}

Deno.test("answers with the subprotocol dockstat.v1 and never with the token", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const protocol = `token.${btoa(TOKEN).replace(/=+$/, "")}`;
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/docker/stats`, ["dockstat.v1", protocol]);
  await new Promise((resolve) => socket.onmessage = resolve);
  assertEquals(socket.protocol, "dockstat.v1");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  await using plain = new TestClient(server.url, "/docker/stats");
  await plain.frame("the greeting", () => true);
});
