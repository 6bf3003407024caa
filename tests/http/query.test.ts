import { AppError } from "../../server/errors.ts";
import { parseOptions } from "../../server/http/query.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const OPTIONS = {
  size: { parse: (text: string) => /^\d$/.test(text) ? Number(text) : undefined, expected: "a digit" },
  name: { parse: (text: string) => text, expected: "a name", repeatable: true },
} as const;

function refused(query: string): readonly { readonly path: string; readonly message: string }[] {
  const error = assertThrows(() => parseOptions(new URLSearchParams(query), OPTIONS), AppError);
  assertEquals(error.code, "malformed");
  return error.issues.map(({ path, message }) => ({ path, message }));
}

Deno.test("parses the given options and leaves the others empty", () => {
  assertEquals(parseOptions(new URLSearchParams("name=a&name=b"), OPTIONS), { size: [], name: ["a", "b"] });
});

Deno.test("refuses an unknown option and names the allowed ones", () => {
  assertEquals(refused("color=red"), [{
    path: "color",
    message: "unknown option: allowed are size, name",
  }]);
});

Deno.test("refuses a malformed option with its value and the expected one", () => {
  assertEquals(refused("size=big"), [{ path: "size", message: 'found "big": expected a digit' }]);
});

Deno.test("refuses an option that is given twice", () => {
  assertEquals(refused("size=1&size=2"), [{ path: "size", message: "given twice: expected once" }]);
});

Deno.test("refuses names of the object prototype", () => {
  assertEquals(refused("__proto__=1&constructor=2").length, 2);
});
