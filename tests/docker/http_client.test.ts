import { type Answer, HttpClient } from "../../server/docker/http_client.ts";
import { assert, assertEquals, assertRejects, eventually } from "../assert.ts";

const SIGNAL = new AbortController().signal;

/** Starts a server that counts connections, answers each request, and can drop its open connections. */
function countingServer() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let connections = 0;
  const running = (async () => {
    for await (const conn of listener) {
      connections++;
      open.add(conn);
      (async () => {
        const buffer = new Uint8Array(4096);
        while (await conn.read(buffer).catch(() => null)) {
          await conn.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).catch(
            () => {},
          );
        }
        if (open.delete(conn)) conn.close();
      })();
    }
  })();
  return {
    connect: () => Deno.connect(address(listener)),
    get connections() {
      return connections;
    },
    get open() {
      return open.size;
    },
    drop() {
      for (const conn of open) conn.close();
      open.clear();
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await running;
    },
  };
}

Deno.test("reuses a connection for the next request", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    for (let n = 0; n < 5; n++) assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  assertEquals(server.connections, 1);
  await eventually("the close", () => server.open === 0);
});

Deno.test("replaces a pooled connection that its peer has closed", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    await client.get("/", SIGNAL);
    server.drop();
    assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  await eventually("the close", () => server.open === 0);
});

Deno.test("a request fails when its signal aborts", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const stop = new AbortController();
  using client = new HttpClient(() => Deno.connect(address(listener)), "x");
  const answer = assertRejects(() => client.get("/", stop.signal), Error);
  using _peer = await accepted;
  stop.abort();
  await answer;
  listener.close();
});

function address(listener: Deno.TcpListener): { readonly hostname: string; readonly port: number } {
  const { hostname, port } = listener.addr as Deno.NetAddr;
  return { hostname, port };
}

/** Opens a connection that answers each request with a text, and counts its openings and closings. */
function scripted(...answers: readonly string[]) {
  const counts = { opened: 0, closed: 0 };
  const left = [...answers];
  const open = () => {
    counts.opened++;
    const waiting: Uint8Array[] = [];
    return Promise.resolve({
      write(bytes: Uint8Array) {
        const answer = left.shift();
        if (answer !== undefined) waiting.push(new TextEncoder().encode(answer));
        return Promise.resolve(bytes.length);
      },
      read(into: Uint8Array) {
        const bytes = waiting.shift();
        if (bytes === undefined) return Promise.resolve(null);
        into.set(bytes);
        return Promise.resolve(bytes.length);
      },
      close: () => void counts.closed++,
    } as unknown as Deno.Conn);
  };
  return { counts, open };
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const CLOSING = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

Deno.test("closes a connection that its peer does not keep open", async () => {
  const { counts, open } = scripted(CLOSING, OK);
  using client = new HttpClient(open, "x");
  await client.get("/", SIGNAL);
  assertEquals(counts, { opened: 1, closed: 1 });
  await client.get("/", SIGNAL);
  assertEquals(counts, { opened: 2, closed: 1 });
});

for (
  const [what, answer] of [
    ["is not HTTP", "SSH-2.0-OpenSSH\r\n\r\n"],
    ["has an invalid length", "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n"],
    ["ends too early", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"],
  ] as const
) {
  Deno.test(`closes a connection whose answer ${what}`, async () => {
    const { counts, open } = scripted(answer);
    using client = new HttpClient(open, "x");
    await assertRejects(() => client.get("/", SIGNAL), Error);
    assertEquals(counts, { opened: 1, closed: 1 });
  });
}

Deno.test("repeats a request once only, on a new connection", async () => {
  const { counts, open } = scripted(OK);
  using client = new HttpClient(open, "x");
  await client.get("/", SIGNAL);
  await assertRejects(() => client.get("/", SIGNAL), Deno.errors.UnexpectedEof);
  assertEquals(counts, { opened: 2, closed: 2 });
});

Deno.test("repeats no request whose answer is not HTTP", async () => {
  const { counts, open } = scripted(OK, "oops\r\n\r\n", OK);
  using client = new HttpClient(open, "x");
  await client.get("/", SIGNAL);
  await assertRejects(() => client.get("/", SIGNAL), TypeError, "not HTTP");
  assertEquals(counts, { opened: 1, closed: 1 });
});

Deno.test("returns a refused stream as one answer, and closes its connection", async () => {
  const { counts, open } = scripted("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
  using client = new HttpClient(open, "x");
  const { done, value } = await client.stream("/", SIGNAL).next();
  assertEquals([done, (value as Answer).head.status, (value as Answer).text], [true, 404, "gone"]);
  assertEquals(counts, { opened: 1, closed: 1 });
});

Deno.test("closes the connection of a stream whose reader stops early", async () => {
  const { counts, open } = scripted("HTTP/1.1 200 OK\r\n\r\nfirst");
  using client = new HttpClient(open, "x");
  for await (const _chunk of client.stream("/", SIGNAL)) break;
  assertEquals(counts, { opened: 1, closed: 1 });
});

Deno.test("keeps no connection once it is disposed", async () => {
  const { counts, open } = scripted(OK, OK);
  const client = new HttpClient(open, "x");
  await client.get("/", SIGNAL);
  client[Symbol.dispose]();
  assertEquals(counts, { opened: 1, closed: 1 });
  await client.get("/", SIGNAL);
  assertEquals(counts, { opened: 2, closed: 2 });
});

Deno.test("reports a connection that cannot be opened with its error", async () => {
  const refused = () => Promise.reject(new Deno.errors.ConnectionRefused("no engine"));
  using client = new HttpClient(refused, "x");
  await assertRejects(() => client.get("/", SIGNAL), Deno.errors.ConnectionRefused, "no engine");
});

Deno.test("opens a stream when its head has arrived, before its first chunk", async () => {
  const { counts, open } = scripted("HTTP/1.1 200 OK\r\n\r\n");
  using client = new HttpClient(open, "x");
  const opened = await client.open("/", SIGNAL);
  assert(!("head" in opened));
  assertEquals([await Array.fromAsync(opened), counts], [[], { opened: 1, closed: 1 }]);
});

Deno.test("an abort ends a request whose connection is still being opened, and closes it later", async () => {
  const { counts, open } = scripted(OK);
  const gate = Promise.withResolvers<void>();
  using client = new HttpClient(() => gate.promise.then(open), "x");
  const stop = new AbortController();
  const asking = client.get("/", stop.signal);
  stop.abort(new Error("too late"));
  await assertRejects(() => asking, Error, "too late");
  gate.resolve();
  await eventually("the close", () => counts.closed === 1);
});

Deno.test("closes the connections of a burst once they are unused", async () => {
  await using server = countingServer();
  using client = new HttpClient(server.connect, "x", 10);
  await Promise.all(Array.from({ length: 5 }, () => client.get("/", SIGNAL)));
  await eventually("closed connections", () => server.open === 0);
  assertEquals((await client.get("/", SIGNAL)).text, "ok");
});

Deno.test("a request that its signal ends fails with the reason of the signal", async () => {
  await using server = countingServer();
  using client = new HttpClient(server.connect, "x");
  await client.get("/", SIGNAL);
  const abort = new AbortController();
  const request = client.get("/", abort.signal);
  abort.abort(new DOMException("too late", "TimeoutError"));
  const error = await assertRejects(() => request, DOMException);
  assertEquals(error.message, "too late");
});
