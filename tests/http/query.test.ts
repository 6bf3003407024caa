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

Deno.test("options that are given come parsed, the others empty", () => {
  assertEquals(parseOptions(new URLSearchParams("name=a&name=b"), OPTIONS), { size: [], name: ["a", "b"] });
});

Deno.test("an unknown option is refused with those that are allowed", () => {
  assertEquals(refused("color=red"), [{
    path: "color",
    message: "unknown option: allowed are size, name",
  }]);
});

Deno.test("a malformed option is refused with what was found and what is right", () => {
  assertEquals(refused("size=big"), [{ path: "size", message: 'found "big": expected a digit' }]);
});

Deno.test("an option that is given twice is refused", () => {
  assertEquals(refused("size=1&size=2"), [{ path: "size", message: "given twice: expected once" }]);
});

Deno.test("names of the object prototype are no options", () => {
  assertEquals(refused("__proto__=1&constructor=2").length, 2);
});
