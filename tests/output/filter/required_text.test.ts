import fc from "fast-check";
import { compilePattern } from "../../../server/output/filter/pattern.ts";
import { requiredText } from "../../../server/output/filter/required_text.ts";
import { RE2JS } from "re2js";
import { assertEquals } from "../../assert.ts";

for (
  const [pattern, expected] of [
    ["777+7.*needle", "needle"],
    ["error|timeout", undefined],
    ["(error|timeout): disk", ": disk"],
    ["ab?cd", "cd"],
    ["abc+", "abc"],
    ["abc{2,3}d", "ab"],
    [String.raw`\[db\] refused`, "[db] refused"],
    [String.raw`GET /items/\d+$`, "GET /items/"],
    ["(?i)abc", undefined],
    [String.raw`\x4142`, undefined],
    [String.raw`\Qa|b\E`, undefined],
    ["[a-z]+", undefined],
    ["((a|b)c)de", undefined],
    ["^start", "start"],
    ["", undefined],
  ] as const
) {
  Deno.test(`every match of ${JSON.stringify(pattern)} contains ${JSON.stringify(expected)}`, () => {
    assertEquals(requiredText(pattern), expected);
  });
}

const PIECE = fc.constantFrom(
  ..."abkKsSſ. |*+?()[]^$\\{}12,-/".split(""),
  "ab",
  "a{2}",
  "[a-b]",
  "(a|b)",
  "\\d",
  "\\.",
  "(?:a)",
  "x*",
  "\\x41",
  "\\pL",
);
const TEXT = fc.array(fc.constantFrom(..."abkKsSſ. 12|-/x".split("")), { maxLength: 20 }).map((all) =>
  all.join("")
);

Deno.test("a required text never hides a match", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(PIECE, { maxLength: 8 }), TEXT, fc.boolean(), async (pieces, text, isExact) => {
      const pattern = pieces.join("");
      let whole: RE2JS;
      try {
        whole = RE2JS.compile(pattern, isExact ? 0 : RE2JS.CASE_INSENSITIVE);
      } catch {
        return;
      }
      if (pattern === "" || !/[\\.+*?()[\]{}^$|]/.test(pattern)) return;
      const found = await compilePattern("match", pattern, isExact);
      assertEquals(found(text), whole.test(text), `${pattern} in ${text}`);
    }),
    { numRuns: 5000 },
  );
});
