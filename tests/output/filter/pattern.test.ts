import { AppError } from "../../../server/errors.ts";
import { compilePattern } from "../../../server/output/filter/pattern.ts";
import { assertEquals, assertMatch, assertRejects } from "../../assert.ts";

for (
  const [pattern, text, insensitive, sensitive] of [
    ["error", "an ERROR", true, false],
    ["ERROR", "an ERROR", true, true],
    ["err.r", "an ERROR", true, false],
    ["5\\d\\d", "GET / 503", true, true],
    ["5\\d\\d", "GET / 5", false, false],
    ["a|b", "xbx", true, true],
    ["^x$", "x", true, true],
    ["ÜBER", "über", true, false],
    ["[u", "", "refused", "refused"],
    ["(?=a)", "", "refused", "refused"],
    ["(a)\\1", "", "refused", "refused"],
  ] as const
) {
  for (const [caseSensitive, expected] of [[false, insensitive], [true, sensitive]] as const) {
    Deno.test(`"${pattern}" in "${text}", ${caseSensitive ? "case-sensitive" : "in either case"}: ${expected}`, async () => {
      const compiled = () => compilePattern("match", pattern, caseSensitive);
      if (expected === "refused") await assertRejects(compiled, AppError, 'option "match"');
      else assertEquals((await compiled())(text), expected);
    });
  }
}

for (const pattern of ["\\pL{500}\\pL{500}", "(?:(?:a?){30}){30}b", ".{0,500}.{0,500}x", "a{1000}"]) {
  Deno.test(`refuses the large pattern ${pattern}`, async () => {
    const error = await assertRejects(() => compilePattern("exclude", pattern, false), AppError);
    assertMatch(error.message, /steps: expected at most 300/);
  });
}

for (const pattern of ["(a+)+$", "\\s+$", "(x+x+)+y", "(.*)(.*)(.*)(.*)(.*)x$", "(?:a|a)*b"]) {
  Deno.test(`matches the hostile pattern ${pattern} in a long line`, async () => {
    const compiled = await compilePattern("match", pattern, false);
    for (const letter of ["a", " ", "x"]) {
      assertEquals(typeof compiled(letter.repeat(1_000_000) + "!"), "boolean");
    }
  });
}
