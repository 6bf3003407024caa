import { capitalise } from "../../src/lib/text.ts";
import { assertEquals } from "../../../../tests/assert.ts";

Deno.test("capitalises the first letter only", () => {
  assertEquals([capitalise("one line"), capitalise(""), capitalise("éa")], ["One line", "", "Éa"]);
});
