import { AppError } from "../../server/errors.ts";
import { parseOptions } from "../../server/http/query.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const OPTIONS = {
  size: { parse: (text: string) => /^\d$/.test(text) ? Number(text) : undefined, expected: "a digit" },
  name: { parse: (text: string) => text, expected: "a name", repeatable: true },
  few: { parse: (text: string) => text, expected: "a name", repeatable: true, max: 2 },
} as const;

function refused(query: string): readonly { readonly path: string; readonly message: string }[] {
  const error = assertThrows(() => parseOptions(new URLSearchParams(query), OPTIONS), AppError);
  assertEquals(error.code, "malformed");
  return error.issues.map(({ path, message }) => ({ path, message }));
}

Deno.test("parses the given options and leaves the others empty", () => {
  assertEquals(parseOptions(new URLSearchParams("name=a&name=b"), OPTIONS), {
    size: [],
    name: ["a", "b"],
    few: [],
  });
});

Deno.test("refuses an unknown option and names the allowed ones", () => {
  assertEquals(refused("color=red"), [{
    path: "color",
    message: "unknown option: allowed are size, name, few",
  }]);
});

Deno.test("refuses a malformed option with its value and the expected one", () => {
  assertEquals(refused("size=big"), [{ path: "size", message: 'found "big": expected a digit' }]);
});

Deno.test("refuses an option that is given twice", () => {
  assertEquals(refused("size=1&size=2"), [{ path: "size", message: "given twice: expected once" }]);
});

Deno.test("refuses an option that is given more often than allowed", () => {
  assertEquals(parseOptions(new URLSearchParams("few=a&few=b"), OPTIONS).few, ["a", "b"]);
  assertEquals(refused("few=a&few=b&few=c"), [{
    path: "few",
    message: "given more than 2 times: expected 2 at most",
  }]);
});

Deno.test("refuses names of the object prototype", () => {
  assertEquals(refused("__proto__=1&constructor=2").length, 2);
});

Deno.test("reports five mistakes at most, whatever the request has", () => {
  assertEquals(refused(Array.from({ length: 1000 }, (_, n) => `x${n}=1`).join("&")).length, 5);
});

Deno.test("shortens long names and values in a refusal", () => {
  const long = "y".repeat(5000);
  const [unknown, malformed] = refused(`${long}=1&size=${long}`);
  assertEquals(unknown?.path, `${"y".repeat(80)}…`);
  assertEquals(malformed?.message, `found "${"y".repeat(80)}…": expected a digit`);
});

Deno.test("keeps a value of 80 characters whole in a refusal", () => {
  assertEquals(refused(`size=${"y".repeat(80)}`)[0]?.message, `found "${"y".repeat(80)}": expected a digit`);
});

Deno.test("reports a malformed value before its repetition", () => {
  assertEquals(refused("size=1&size=big").map(({ message }) => message), ['found "big": expected a digit']);
});

Deno.test("refuses every option of a path without options", () => {
  const error = assertThrows(() => parseOptions(new URLSearchParams("a=1"), {}), AppError);
  assertEquals(error.message, 'Cannot read the query: option "a": unknown option: none is allowed here');
});

Deno.test("explains where a token belongs, without repeating it", () => {
  const error = assertThrows(() => parseOptions(new URLSearchParams("token=hunter2"), OPTIONS), AppError);
  assertEquals([error.message.includes("Authorization: Bearer"), error.message.includes("hunter2")], [
    true,
    false,
  ]);
});

Deno.test("takes an empty value as a value, and names of options exactly", () => {
  assertEquals(parseOptions(new URLSearchParams("name"), OPTIONS).name, [""]);
  assertEquals(refused("Name=a")[0]?.path, "Name");
});
