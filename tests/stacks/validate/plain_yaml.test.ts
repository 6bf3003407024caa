import { findUnsupportedValue, findUnsupportedYaml } from "../../../server/stacks/validate/plain_yaml.ts";
import { parseYaml } from "../../../server/yaml.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";

for (
  const [what, text] of [
    ["with a tag", "x: &e {env_file: /etc/x}\na:\n  ! <<: *e\n"],
    ["as a block key", "x: &e {env_file: /etc/x}\na:\n  ? <<\n  : *e\n"],
    ["with an anchor and a tag", "x: &e {env_file: /etc/x}\na:\n  &a ! <<: *e\n"],
    ["in a flow", "x: &e {env_file: /etc/x}\na: {b: 1, ! << : *e}\n"],
    ["as a quoted key", 'x: &e {env_file: /etc/x}\na:\n  "<<": *e\n'],
    ["within a list", "x: &e {path: /etc/x}\na: [{b: 1, ! <<: *e}]\n"],
  ] as const
) {
  Deno.test(`refuses a merge that only Compose would follow: ${what}`, () => {
    const value = refusedOr(() => parseYaml(text, "compose"));
    if (value !== "refused") assertStringIncludes(findUnsupportedValue(value)?.message ?? "nothing", "merge");
  });
}

/** Parses a text, and returns "refused" when the parser refuses it. */
function refusedOr(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return "refused";
  }
}

Deno.test("accepts plain merges, lists and references", () => {
  const value = parseYaml("x: &e {a: 1}\nb: {<<: *e, c: [*e, *e]}\n", "compose");
  assertEquals(findUnsupportedValue(value), undefined);
});

for (
  const [what, text] of [
    ["a line separator that only Compose recognizes", "# x\u2028include: [/etc/shadow]\n"],
    ["a next-line character", "# x\u0085include: [/etc/shadow]\n"],
    ["a binary text", "include: [!!binary L2V0Yy9zaGFkb3c=]\n"],
    ["a tag by its full name", "include: [!<tag:yaml.org,2002:binary> L2V0Yw==]\n"],
    ["a directive", "%TAG !b! tag:yaml.org,2002:\n---\na: 1\n"],
    ["a directive after a byte order mark", "\ufeff%TAG !b! tag:yaml.org,2002:\n---\na: 1\n"],
    ["too many references to a number", `a: &1 x\nb: [${"*1, ".repeat(600)}]\n`],
    ["too many merges", `a: &a {${"k: 1, ".repeat(20_000)}}\n${"b: {<<: *a}\n".repeat(400)}`],
    ["too many references", `a: &a x\nb: [${"*a, ".repeat(600)}]\n`],
  ] as const
) {
  Deno.test(`refuses ${what}`, () => assertEquals(findUnsupportedYaml(text)?.path, "compose"));
}

Deno.test("accepts a few references, tags of Compose and a schedule", () => {
  const text = "x-a: &a {b: 1}\nc: {<<: *a}\nports: !reset []\ncommand: ['*/5 * * * *', '50 %']\n";
  assertEquals(findUnsupportedYaml(text), undefined);
});
