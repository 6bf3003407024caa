import { assertEquals } from "../../../../../../../tests/assert.ts";
import { findUnset, variableNames } from "../../../../../src/features/stacks/editor/language/variables.ts";

Deno.test("lists the variables of an environment", () => {
  assertEquals(variableNames("# X=1\nA=1\nexport B = 2\nA=3\nC\n"), ["A", "B", "C"]);
});

Deno.test("finds variables without a value or a default", () => {
  const text = "a: $A ${B} ${C:-x} ${D?no} $$E $${F} ${G}\nb: x # $H\n$I";
  assertEquals(
    findUnset(text, "G=1").map(({ line, column, message }) => [line, column, message.split(" ")[0]]),
    [
      [1, 4, "A"],
      [1, 7, "B"],
      [3, 1, "I"],
    ],
  );
});
