import { HttpClient } from "../../server/docker/http_client.ts";
import { headerOf, HttpConnection, parseHead } from "../../server/docker/http_connection.ts";
import { assertEquals, assertRejects, assertThrows, eventually } from "../assert.ts";

const SIGNAL = new AbortController().signal;

/** A connection whose peer says these bytes, so many at a time, and then closes. */
function peer(text: string, size: number): Deno.Conn {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return {
    read(into: Uint8Array) {
      const piece = bytes.subarray(at, at + Math.min(size, into.length));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length === 0 ? null : piece.length);
    },
    write: (bytes: Uint8Array) => Promise.resolve(bytes.length),
    close() {},
  } as unknown as Deno.Conn;
}

const ANSWERS: readonly (readonly [what: string, text: string, body: string])[] = [
  ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ngrün 🐳", "grün 🐳"],
  [
    "chunks",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n",
    "abcdefg",
  ],
  [
    "chunks with line ends in them",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n",
    "\r\n\r\n",
  ],
  ["an end with the connection", "HTTP/1.0 200 OK\r\n\r\nall of it", "all of it"],
  ["nothing", "HTTP/1.1 204 No Content\r\n\r\n", ""],
];

for (const [what, text, body] of ANSWERS) {
  for (const size of [1, 2, 5, 64, 10_000]) {
    Deno.test(`an answer with ${what} is read from pieces of ${size} bytes`, async () => {
      using connection = new HttpConnection(peer(text, size));
      const head = await connection.ask("GET / HTTP/1.1\r\n\r\n");
      assertEquals(await connection.text(head), body);
    });
  }
}

Deno.test("an answer larger than the buffer is read whole", async () => {
  const body = "x".repeat(100_000);
  using connection = new HttpConnection(
    peer(`HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${body}`, 7000),
  );
  const head = await connection.ask("");
  assertEquals(await connection.text(head), body);
});

Deno.test("two answers on one connection are told apart", async () => {
  const answer = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${text}`;
  using connection = new HttpConnection(peer(answer("a") + answer("b"), 10_000));
  assertEquals(await connection.text(await connection.ask("")), "a");
  assertEquals(await connection.text(await connection.ask("")), "b");
});

const BROKEN: readonly (readonly [what: string, text: string])[] = [
  ["that is not HTTP", "SSH-2.0-OpenSSH\r\n\r\n"],
  ["that ends within its head", "HTTP/1.1 200 OK\r\nContent-"],
  ["that ends within its body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"],
  ["that ends within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"],
  ["with a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"],
  ["that claims to be huge", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"],
  ["without a word", ""],
];

for (const [what, text] of BROKEN) {
  Deno.test(`an answer ${what} is an error`, async () => {
    using connection = new HttpConnection(peer(text, 64));
    await assertRejects(async () => await connection.text(await connection.ask("")), Error);
  });
}

Deno.test("headers are found whatever their case, and only whole names", () => {
  const head = "HTTP/1.1 200 OK\r\nX-Api-Version: 9\r\nAPI-Version:  1.51 \r\nServer: a";
  assertEquals([headerOf(head, "api-version"), headerOf(head, "server")], ["1.51", "a"]);
  assertEquals(headerOf(head, "version"), undefined);
  assertThrows(() => parseHead("nothing"), TypeError);
});

/** A server that counts connections, answers each request with its number, and can close what it has. */
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

Deno.test("a connection is kept for the next request", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    for (let n = 0; n < 5; n++) assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  assertEquals(server.connections, 1);
  await eventually("the close", () => server.open === 0);
});

Deno.test("a kept connection that its peer has closed is replaced without a word", async () => {
  await using server = countingServer();
  {
    using client = new HttpClient(server.connect, "x");
    await client.get("/", SIGNAL);
    server.drop();
    assertEquals((await client.get("/", SIGNAL)).text, "ok");
  }
  await eventually("the close", () => server.open === 0);
});

Deno.test("a request ends with an error when its signal aborts", async () => {
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
