import { quotedNames } from "../../server/stats/names.ts";
import { assertEquals } from "../assert.ts";

for (
  const [names, text] of [
    [["web"], '"web"'],
    [["a", "b", "c"], '"a", "b", "c"'],
    [["a", "b", "c", "d", "e"], '"a", "b", "c" and 2 others'],
    [['a"b'], String.raw`"a\"b"`],
  ] as const
) {
  Deno.test(`${names.length} names such as ${names[0]} are ${text}`, () =>
    assertEquals(quotedNames(names), text));
}
