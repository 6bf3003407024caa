import { withoutKeyAnchors } from "../../server/compose/key_anchors.ts";
import { assertEquals } from "../assert.ts";

const REMOVED: readonly (readonly [what: string, text: string, plain: string])[] = [
  [
    "before the first key of a block",
    "services:\n  &name web:\n    container_name: *name\n",
    "services:\n  web:\n    container_name: web\n",
  ],
  ["before another key", "a: 1\n&b c: *b\nd: [*b, {e: *b}]\n", "a: 1\nc: c\nd: [c, {e: c}]\n"],
  ["in an item of a list", "- &a b: c\n  d: *a\n", "- b: c\n  d: b\n"],
  ["with an alias as a key", "a:\n  &b c: 1\nd:\n  *b : 2\n", "a:\n  c: 1\nd:\n  c : 2\n"],
  ["before a space and a colon", "&a b : *a\n", "b : b\n"],
  ["of a key whose value has an anchor", "&a b: &c d\ne: [*a, *c]\n", "b: &c d\ne: [b, *c]\n"],
];

for (const [what, text, plain] of REMOVED) {
  Deno.test(`removes an anchor ${what}, and replaces its aliases`, async () => {
    assertEquals(await withoutKeyAnchors(text), { text: plain, left: undefined });
  });
}

for (
  const [what, text] of [
    ["of values", "a: &b c\nd: *b\ne: &f\n  g: h\ni: &j {k: l}\nm: [&n o, {&p q: r}]\n"],
    ["within texts", "a: |\n  &b c: d\ne: 'f &g h: i'\nj: \"\n  &k l: m\"\n# &n o: p\nq: r &s t\n"],
    ["on another line than the key", "a:\n  &b\n  c: d\n"],
  ] as const
) {
  Deno.test(`keeps anchors ${what}`, async () => {
    assertEquals(await withoutKeyAnchors(text), { text, left: undefined });
  });
}

for (
  const [what, text, left] of [
    ["an anchor before a quoted key", "a:\n  &b 'c': d\n", "&b"],
    ["an anchor before a key that is not a text everywhere", "a:\n  &b yes: *b\n", "&b"],
    ["an anchor before a number", "a:\n  &b 80: *b\n", "&b"],
    ["an anchor that the text has twice", "a:\n  &b c: d\ne: &b f\n", "&b"],
    ["an anchor with a tag", "a:\n  &b !!str c: d\n", "&b"],
    ["a tag", "a:\n  !!str b: c\n", "!!str"],
    ["an anchor before a flow collection", "a:\n  &b {c: d}: e\n", "&b"],
  ] as const
) {
  Deno.test(`keeps and reports ${what}`, async () => {
    const result = await withoutKeyAnchors(text);
    assertEquals([result.text, result.left?.source], [text, left]);
  });
}
