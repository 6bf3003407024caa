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
