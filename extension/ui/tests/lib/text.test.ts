import { capitalize } from "../../src/lib/text.ts";
import { assertEquals } from "../../../../tests/assert.ts";

Deno.test("capitalizes the first letter only", () => {
  assertEquals([capitalize("one line"), capitalize(""), capitalize("éa")], ["One line", "", "Éa"]);
});
