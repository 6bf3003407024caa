import { Demux, type OutputLine } from "../../server/docker/demux.ts";
import { assertEquals, assertLess, assertThrows } from "../assert.ts";

const STAMP = "2026-08-01T12:00:00.123456789Z";
const encoder = new TextEncoder();

function frame(stream: 1 | 2, content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  const whole = new Uint8Array(8 + bytes.length);
  whole[0] = stream;
  new DataView(whole.buffer).setUint32(4, bytes.length);
  whole.set(bytes, 8);
  return whole;
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** Demultiplexes bytes in chunks of a size, reusing the memory of one chunk for the next. */
function lines(tty: boolean, bytes: Uint8Array, size: number): OutputLine[] {
  const demux = new Demux(tty);
  const found: OutputLine[] = [];
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    chunk.set(piece);
    found.push(...demux.push(chunk.subarray(0, piece.length)));
  }
  return [...found, ...demux.end()];
}

const SIZES = [1, 2, 3, 7, 31, 1000, 100_000];

for (const size of SIZES) {
  Deno.test(`splits framed output into lines per stream, in chunks of ${size} bytes`, () => {
    const bytes = concat(frame(1, `${STAMP} one\n`), frame(2, `${STAMP} grün 🐳\n`), frame(1, `${STAMP} \n`));
    assertEquals(lines(false, bytes, size), [
      { timestamp: STAMP, message: "one", stream: "stdout" },
      { timestamp: STAMP, message: "grün 🐳", stream: "stderr" },
      { timestamp: STAMP, message: "", stream: "stdout" },
    ]);
  });

  Deno.test(`reads a terminal's output as stdout without carriage returns, in chunks of ${size} bytes`, () => {
    const bytes = encoder.encode(`${STAMP} one\r\n${STAMP} two\r\n`);
    assertEquals(lines(true, bytes, size).map(({ message, stream }) => `${stream} ${message}`), [
      "stdout one",
      "stdout two",
    ]);
  });

  Deno.test(`joins a line that the engine stored in pieces, in chunks of ${size} bytes`, () => {
    const long = "é".repeat(20_000);
    const stored = encoder.encode(long);
    const [one, two, three] = [stored.slice(0, 16_384), stored.slice(16_384, 32_768), stored.slice(32_768)];
    const stamp = encoder.encode(`${STAMP} `);
    const end = encoder.encode("\n");
    const framed = concat(
      frame(1, concat(stamp, one)),
      frame(1, concat(stamp, two)),
      frame(1, concat(stamp, three, end)),
    );
    assertEquals(lines(false, framed, size), [{ timestamp: STAMP, message: long, stream: "stdout" }]);
    const terminal = concat(stamp, one, stamp, two, stamp, three, end);
    assertEquals(lines(true, terminal, size), [{ timestamp: STAMP, message: long, stream: "stdout" }]);
  });
}

Deno.test("holds a piece of stdout while a line of stderr ends", () => {
  const bytes = concat(frame(1, `${STAMP} half`), frame(2, `${STAMP} oops\n`), frame(1, `${STAMP}  done\n`));
  assertEquals(lines(false, bytes, 5).map(({ message }) => message), ["oops", "half done"]);
});

Deno.test("emits a last line without a line end when the stream ends", () => {
  assertEquals(lines(false, frame(1, `${STAMP} bye`), 9).map(({ message }) => message), ["bye"]);
  assertEquals(lines(true, encoder.encode(`${STAMP} bye`), 9).map(({ message }) => message), ["bye"]);
});

Deno.test("replaces bytes that are not text", () => {
  const bytes = frame(1, concat(encoder.encode(`${STAMP} `), new Uint8Array([0xff, 0xfe, 0x00, 10])));
  assertEquals(lines(false, bytes, 100).map(({ message }) => message), ["\ufffd\ufffd\u0000"]);
});

Deno.test("emits a line without a line end in parts, so that memory stays bounded", () => {
  const demux = new Demux(false);
  const piece = () => frame(1, "x".repeat(1024 * 1024));
  const found = Array.from({ length: 5 }, () => demux.push(piece())).flat();
  assertEquals(found.map(({ message }) => message.length), [2 * 1024 * 1024, 2 * 1024 * 1024]);
});

Deno.test("rejects an impossible frame size before buffering the frame", () => {
  const header = new Uint8Array([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  assertThrows(() => new Demux(false).push(header), Error, "a frame of 4294967295 bytes");
});

for (
  const [what, written, timestamp] of [
    ["whole seconds, as of Podman 4", "2026-11-25T19:13:12Z", "2026-11-25T19:13:12.000000000Z"],
    [
      "a local offset, as of Podman 5",
      "2026-11-25T20:13:12.123456789+01:00",
      "2026-11-25T19:13:12.123456789Z",
    ],
    ["whole seconds and an offset", "2026-11-25T14:13:12-05:00", "2026-11-25T19:13:12.000000000Z"],
    ["fewer decimals", "2026-11-25T19:13:12.5Z", "2026-11-25T19:13:12.500000000Z"],
  ] as const
) {
  for (const size of SIZES) {
    Deno.test(`reads timestamps with ${what}, in chunks of ${size} bytes`, () => {
      const bytes = concat(
        frame(1, `${written} one two\n`),
        frame(2, `${written} \n`),
        frame(1, `${written} half`),
      );
      assertEquals(lines(false, bytes, size), [
        { timestamp, message: "one two", stream: "stdout" },
        { timestamp, message: "", stream: "stderr" },
        { timestamp, message: "half", stream: "stdout" },
      ]);
    });
  }

  Deno.test(`reads a terminal's timestamps with ${what}`, () => {
    const bytes = encoder.encode(`${written} one\r\n${written} two\r\n`);
    const expected = ["one", "two"].map((message) => ({ timestamp, message, stream: "stdout" }) as const);
    assertEquals(lines(true, bytes, 7), expected);
  });
}

for (const text of ["no stamp at all\n", "2026-11-25 is no stamp\n", "2026-99-25T19:13:12Z neither\n"]) {
  Deno.test(`a line that begins with "${text.slice(0, 20)}" has no timestamp`, () => {
    assertEquals(lines(false, frame(1, text), 1000), [
      { timestamp: "", message: text.trimEnd(), stream: "stdout" },
    ]);
  });
}

Deno.test("decodes lines of a chunk with characters of several bytes, invalid bytes and long frames", () => {
  const texts = ["plain", "x".repeat(200), "grün", "y".repeat(130), "🐳", "z".repeat(50_000)];
  const written = texts.map((text) => frame(1, `${STAMP} ${text}\n`));
  const invalid = frame(2, concat(encoder.encode(`${STAMP} `), new Uint8Array([0xe2, 0x82, 10])));
  const found = lines(false, concat(...written, invalid, ...written), 1_000_000);
  assertEquals(found.map(({ message }) => message), [...texts, "\ufffd", ...texts]);
});

Deno.test("reads frames of 2 MiB that arrive in small chunks", () => {
  const bytes = frame(1, `${STAMP} ${"x".repeat(2 * 1024 * 1024 - 40)}\n`);
  const found = lines(false, concatLarge(bytes, 8), 16_384);
  assertEquals(found.map(({ message }) => message.length), Array(8).fill(2 * 1024 * 1024 - 40));
});

Deno.test("keeps nothing of empty frames", () => {
  const demux = new Demux(false);
  const chunk = () => new Uint8Array(16_384).map((_, index) => index % 8 === 0 ? 1 : 0);
  const before = Deno.memoryUsage().heapUsed;
  for (let count = 0; count < 100; count++) assertEquals(demux.push(chunk()), []);
  assertLess(Deno.memoryUsage().heapUsed - before, 48 * 1024 * 1024);
  assertEquals(demux.push(frame(1, `${STAMP} one\n`)).map(({ message }) => message), ["one"]);
});

Deno.test("joins a line of single bytes", () => {
  const bytes = concat(...[...`${STAMP} `, ..."grün 🐳\n"].map((letter) => frame(1, letter)));
  assertEquals(lines(false, bytes, 64).map(({ message }) => message), [`${STAMP} grün 🐳`]);
});

/** Repeats bytes without a list of their values. */
function concatLarge(bytes: Uint8Array, times: number): Uint8Array {
  const whole = new Uint8Array(bytes.length * times);
  for (let index = 0; index < times; index++) whole.set(bytes, index * bytes.length);
  return whole;
}
