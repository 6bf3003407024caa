import { mayHave, parseCompose } from "../../server/compose/compose_yaml.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";

Deno.test("reads an anchor before a key, and its aliases", async () => {
  assertEquals(await parseCompose("services:\n  &n web:\n    image: x:1\n    container_name: *n\n"), {
    services: { web: { image: "x:1", container_name: "web" } },
  });
});

for (
  const [what, text, line, column, message] of [
    [
      "an anchor",
      "a:\n  b:\n    &c 'd': e\n",
      3,
      5,
      'DockStat does not support the anchor "&c" before this key: write the key without it',
    ],
    [
      "a tag",
      "a:\n  !!str b: c\n",
      2,
      3,
      'DockStat does not support the tag "!!str" before this key: write the key without it',
    ],
  ] as const
) {
  Deno.test(`reports ${what} that it does not support, with line and column`, async () => {
    const { code, issues } = await assertRejects(() => parseCompose(text), AppError);
    assertEquals([code, issues], ["invalid", [{ path: "compose", line, column, message }]]);
  });
}

Deno.test("reports a text that it cannot read", async () => {
  const { issues = [] } = await assertRejects(() => parseCompose("a: [\n"), AppError);
  assertEquals([issues[0]?.line, issues[0]?.message.startsWith("DockStat cannot read this YAML: ")], [
    1,
    true,
  ]);
});

for (
  const [text, expected] of [
    ["a: word", true],
    ["a: wor", false],
    ['a: "w\\x6frd"', true],
    ['a: "w\\u006frd"', true],
    ['a: "w\\U0000006frd"', true],
    ['{"wo\\\n  rd": a}', true],
    ['{"wo\\\r\n  rd": a}', true],
    ['a: "\\t\\"\\n"', false],
  ] as const
) {
  Deno.test(`${JSON.stringify(text)} ${expected ? "may have" : "does not have"} the word`, () => {
    assertEquals(mayHave(text, /word/), expected);
  });
}
