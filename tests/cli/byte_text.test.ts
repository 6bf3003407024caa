import { byteText } from "../../server/cli/byte_text.ts";
import { assertEquals } from "../assert.ts";

for (
  const [count, text] of [
    [null, "n/a"],
    [0, "0 B"],
    [1536, "1.5 KiB"],
    [64 * 1024 * 1024, "64 MiB"],
  ] as const
) {
  Deno.test(`${count} bytes are "${text}"`, () => assertEquals(byteText(count), text));
}
