import { aligned } from "../../server/cli/aligned.ts";
import { assertEquals } from "../assert.ts";

Deno.test("pads cells to the widest one of their column, and no line at its end", () => {
  assertEquals(aligned([["NAME", "PORT"], ["a", "80"], ["longer", ""]]), [
    "NAME     PORT",
    "a        80",
    "longer",
  ]);
});

Deno.test("aligns no rows, and rows of different lengths", () => {
  assertEquals(aligned([]), []);
  assertEquals(aligned([["a"], ["bb", "c"]]), ["a", "bb   c"]);
});
