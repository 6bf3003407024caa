import { moreLines } from "../../../../src/components/lines/controls/labels.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

Deno.test("the button of a trace counts one line in the singular", () => {
  assertEquals([1, 2, 1234].map(moreLines), ["1 more line", "2 more lines", "1,234 more lines"]);
});
