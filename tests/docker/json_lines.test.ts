import { jsonLines } from "../../server/docker/json_lines.ts";
import { assertEquals, assertRejects } from "../assert.ts";

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

for (const size of [1, 2, 3, 7, 1000]) {
  Deno.test(`joins lines across chunks of ${size} bytes, even within a character`, async () => {
    const bytes = new TextEncoder().encode('{"name":"grün"}\n\n{"name":"🐳"}');
    assertEquals(await Array.fromAsync(jsonLines(inChunks(bytes, size))), [{ name: "grün" }, { name: "🐳" }]);
  });
}

Deno.test("a line that is not JSON ends the stream with an error", async () => {
  const bytes = new TextEncoder().encode("{}\noops\n");
  await assertRejects(() => Array.fromAsync(jsonLines(inChunks(bytes, 9))), SyntaxError);
});

for (
  const [what, text, values] of [
    ["nothing", "", []],
    ["blank lines only", "\n \n\r\n\t\n", []],
    ["line ends of Windows", '{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
    ["values of every kind", '1\n"a"\nnull\n[]\ntrue', [1, "a", null, [], true]],
    ["an escaped line end", '{"a":"b\\nc"}\n', [{ a: "b\nc" }]],
  ] as const
) {
  Deno.test(`reads a stream of ${what}`, async () => {
    const bytes = new TextEncoder().encode(text);
    assertEquals(await Array.fromAsync(jsonLines(inChunks(bytes, 2))), [...values]);
  });
}

Deno.test("yields the values before a broken line", async () => {
  const values: unknown[] = [];
  await assertRejects(async () => {
    const bytes = new TextEncoder().encode("1\n2\noops\n3\n");
    for await (const value of jsonLines(inChunks(bytes, 100))) values.push(value);
  }, SyntaxError);
  assertEquals(values, [1, 2]);
});

Deno.test("a stream that ends within a line ends with an error", async () => {
  const bytes = new TextEncoder().encode('{"a":1}\n{"a":');
  await assertRejects(() => Array.fromAsync(jsonLines(inChunks(bytes, 5))), SyntaxError);
});

Deno.test("stops reading a line that exceeds 1 MiB", async () => {
  let chunks = 0;
  const endless = async function* () {
    for (const chunk = new Uint8Array(64 * 1024).fill(0x20); chunks < 100; chunks++) {
      yield await Promise.resolve(chunk);
    }
  };
  await assertRejects(() => Array.fromAsync(jsonLines(endless())), SyntaxError, "exceeds 1 MiB");
  assertEquals(chunks, 16);
});
