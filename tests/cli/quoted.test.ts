import { quoted } from "../../server/cli/quoted.ts";
import { assertEquals } from "../assert.ts";

Deno.test("quotes a path without characters that move the cursor or reorder the text", () => {
  assertEquals(quoted("/data/a b/ä.txt"), '"/data/a b/ä.txt"');
  assertEquals(quoted("a\x1b[2J\u202eb\u2028c"), '"a?[2J?b?c"');
});
