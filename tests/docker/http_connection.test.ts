import { HttpConnection } from "../../server/docker/http_connection.ts";
import { headerOf, parseHead } from "../../server/docker/text/http_head.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";

/** Creates a connection whose peer sends these bytes in pieces of a size, and then closes. */
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
    "chunks that contain line ends",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n",
    "\r\n\r\n",
  ],
  ["an end with the connection", "HTTP/1.0 200 OK\r\n\r\nall of it", "all of it"],
  ["nothing", "HTTP/1.1 204 No Content\r\n\r\n", ""],
];

for (const [what, text, body] of ANSWERS) {
  for (const size of [1, 2, 5, 64, 10_000]) {
    Deno.test(`reads an answer with ${what} in pieces of ${size} bytes`, async () => {
      using connection = new HttpConnection(peer(text, size));
      const head = await connection.ask("GET / HTTP/1.1\r\n\r\n");
      assertEquals(await connection.text(head), body);
    });
  }
}

Deno.test("reads an answer larger than the buffer", async () => {
  const body = "x".repeat(100_000);
  using connection = new HttpConnection(
    peer(`HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${body}`, 7000),
  );
  const head = await connection.ask("");
  assertEquals(await connection.text(head), body);
});

Deno.test("separates two answers on one connection", async () => {
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
  ["that is empty", ""],
];

for (const [what, text] of BROKEN) {
  Deno.test(`rejects an answer ${what}`, async () => {
    using connection = new HttpConnection(peer(text, 64));
    await assertRejects(async () => await connection.text(await connection.ask("")), Error);
  });
}

Deno.test("finds headers in any case, but only by their whole name", () => {
  const head = "HTTP/1.1 200 OK\r\nX-Api-Version: 9\r\nAPI-Version:  1.51 \r\nServer: a";
  assertEquals([headerOf(head, "api-version"), headerOf(head, "server")], ["1.51", "a"]);
  assertEquals(headerOf(head, "version"), undefined);
  assertThrows(() => parseHead("nothing"), TypeError);
});

Deno.test("finds headers after letters that have other lengths in lower case", () => {
  assertEquals(parseHead("HTTP/1.1 200 OK\r\nServer: İİ\r\nContent-Length: 15").body, 15);
});

Deno.test("streams a body without reserving memory for its announced length", async () => {
  for (const length of ["9000000000000", "9".repeat(30)]) {
    using connection = new HttpConnection(
      peer(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${"x".repeat(20_000)}`, 7000),
    );
    const chunks = connection.chunks((await connection.ask("")).body);
    let received = 0;
    await assertRejects(async () => {
      for await (const { length } of chunks) received += length;
    }, Deno.errors.UnexpectedEof);
    assertEquals(received, 20_000);
  }
});

Deno.test("streams no bytes of the next answer", async () => {
  const answer = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  for (const size of [1, 3, 10_000]) {
    using connection = new HttpConnection(peer(answer("first") + answer("") + answer("other"), size));
    for (const text of ["first", "", "other"]) {
      const parts = await Array.fromAsync(
        connection.chunks((await connection.ask("")).body),
        (bytes) => new TextDecoder().decode(bytes),
      );
      assertEquals(parts.join(""), text);
    }
  }
});

for (const length of ["", "abc", "-5", "1e3", "0x10", "1.5", "5, 5", "NaN", "Infinity", "٣"]) {
  Deno.test(`rejects an answer of the length "${length}"`, () => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${length}`;
    assertThrows(() => parseHead(head), TypeError, "an invalid length");
  });
}

for (
  const [what, head, body, keepAlive] of [
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 7", 7, true],
    ["a length of many zeros", "HTTP/1.1 200 OK\r\nContent-Length: 0007", 7, true],
    [
      "chunks and a length",
      "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: Chunked",
      "chunked",
      true,
    ],
    ["neither", "HTTP/1.1 200 OK", "close", true],
    ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 7", 7, false],
    ["a closing connection", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: Close", 7, false],
    ["no content", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked", 0, true],
    ["no change", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7", 0, true],
  ] as const
) {
  Deno.test(`reads the body and the connection from a head with ${what}`, () => {
    const parsed = parseHead(head);
    assertEquals([parsed.body, parsed.keepAlive], [body, keepAlive]);
  });
}

for (const text of ["", "HTTP/2 200", "HTTP/1.1 20", "HTTP/1.1 OK", " HTTP/1.1 200 OK", "http/1.1 200 OK"]) {
  Deno.test(`rejects the head "${text}"`, () => {
    assertThrows(() => parseHead(text), TypeError, "not HTTP");
  });
}

Deno.test("reads chunk sizes of both cases, with zeros and extensions", async () => {
  const body = "a".repeat(10) + "b".repeat(11);
  const chunks = `A\r\n${"a".repeat(10)}\r\n00b;name="x"\r\n${"b".repeat(11)}\r\n0\r\n\r\n`;
  using connection = new HttpConnection(
    peer(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`, 3),
  );
  assertEquals(await connection.text(await connection.ask("")), body);
});

for (const size of ["", "x", " 1", "-1", "g", "`", "@", ";a=b", "1".repeat(40)]) {
  Deno.test(`rejects a chunk of the size "${size}"`, async () => {
    using connection = new HttpConnection(
      peer(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\na\r\n0\r\n\r\n`, 1000),
    );
    await assertRejects(async () => await connection.text(await connection.ask("")), TypeError, "no size");
  });
}

Deno.test("reads an answer after one in chunks on the same connection", async () => {
  const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
  using connection = new HttpConnection(peer(chunked + chunked, 10_000));
  assertEquals(await connection.text(await connection.ask("")), "ab");
  assertEquals(await connection.text(await connection.ask("")), "ab");
});

Deno.test("reads the answer after one with trailers", async () => {
  const first =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nDigest: x\r\nDate: y\r\n\r\n";
  const second = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";
  using connection = new HttpConnection(peer(first + second, 7));
  assertEquals(await connection.text(await connection.ask("GET / HTTP/1.1\r\n\r\n")), "abc");
  const head = await connection.ask("GET / HTTP/1.1\r\n\r\n");
  assertEquals([head.status, await connection.text(head)], [404, "{}"]);
});
