import { findAmbiguousYaml } from "../../../server/stacks/validate/yaml_tokens.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";

const REFUSED: readonly (readonly [what: string, text: string, place: string, message: string])[] = [
  ["a tab in the indentation", "services:\n\tweb: a\n", "2:1", "expected spaces"],
  ["an explicit key in a block", "a: 1\n? b\n: c\n", "2:1", 'write "key: value"'],
  ["an explicit key in a flow mapping", "a: {? b: c}\n", "1:5", 'write "key: value"'],
  ["a key of a flow mapping that starts with ?", "a: {b: 1, ?c: d}\n", "1:11", 'without "?"'],
  ["a quoted key behind ?", 'a: {?"c": d}\n', "1:5", 'without "?"'],
  ["an item of a flow list that starts with ?", "a: [?path: x]\n", "1:5", 'without "?"'],
  ["a key of a block that starts with ?", "a:\n  ?b: c\n", "2:3", 'without "?"'],
  ["a ? within a flow list", "a: [b ?c]\n", "1:5", "in quotes"],
  ["a tag of pairs", "a: !!pairs [b: c]\n", "1:4", "without a tag"],
  ["a tag of an ordered mapping", "a: !!omap [b: c]\n", "1:4", "without a tag"],
  ["a tag of a set", "a: !!set {b, c}\n", "1:4", "without a tag"],
  ["a tag of bytes", "a: !!binary aGk=\n", "1:4", "without a tag"],
  ["a tag of a timestamp", "a: !!timestamp 2001-01-01\n", "1:4", "without a tag"],
  [
    "a tag of Compose",
    "a: !reset []\n",
    "1:4",
    'DockStat does not support the tag "!reset": write the value',
  ],
  ["the non-specific tag", "a: ! b\n", "1:4", "without a tag"],
  ["a tag of a key", "!x a: b\n", "1:1", "without a tag"],
  ["an anchor with ? in its name", "a: &k?/../x\n", "1:4", "letters, digits"],
  ["an anchor with : in its name", "a: &k:/../x\n", "1:4", "letters, digits"],
  ["an anchor with a letter beyond ASCII", "a: &ä b\n", "1:4", "letters, digits"],
  ["an alias with : in its name", "a: {*k:*v}\n", "1:5", "letters, digits"],
  ["a colon without a space in a flow mapping", "a: {b:}\n", "1:6", 'expected "key: value"'],
  ["a value that starts with a colon in a flow list", "a: [:b]\n", "1:5", "in quotes"],
  ["a line in single quotes that is not indented", "a: 'b\n, \t\n  c'\n", "1:4", "not indented"],
  ["a line in double quotes that is not indented", 'a: "b\n, \t\n  c"\n', "1:4", "not indented"],
  ["single quotes that are not closed", "a: 'b''\n", "1:4", "not closed"],
  ["double quotes that are not closed", 'a: "b\\"\n', "1:4", "not closed"],
  ["a double quote alone", 'a: "', "1:4", "not closed"],
  ["a line in brackets that is not indented", "a: [b\n, !!set\n  ]\n", "2:1", "not indented"],
  ["brackets that are not closed", "a: [b\nc: d\n", "2:1", "not closed"],
  ["a tag on another line than its value", "a: !!str\n  1e3\n", "1:9", "on one line"],
  ["a tag and an anchor on another line than their value", "a: !!str &b # c\n  1e3\n", "1:16", "on one line"],
  [
    "an empty item at the end of an inner list",
    "a:\n  -\n    - b\n    - # c\n\n  - d\n",
    "6:3",
    'expected "- null"',
  ],
  ["two documents", "a: 1\n---\nb: 2\n", "2:1", "DockStat does not support several documents: write one"],
  ["a document end mark", "a: 1\n...\n", "2:1", "without an end mark"],
  ["a directive", "%YAML 1.1\n---\na: 1\n", "1:1", "does not support directives"],
];

for (const [what, text, place, message] of REFUSED) {
  Deno.test(`finds ${what}`, async () => {
    const issue = await findAmbiguousYaml(text);
    assertEquals(`${issue?.line}:${issue?.column}`, place);
    assertStringIncludes(issue?.message ?? "", message);
  });
}

const ACCEPTED: readonly (readonly [what: string, text: string])[] = [
  ["a question mark in a quoted value", 'a: {b: "c?", "?d": 1}\n'],
  ["a question mark in a plain value of a block", "a: what?\nb: http://x/?c=d\n"],
  ["a question mark in a comment", "a: 1 # ? !!pairs &k:v\n"],
  ["indicators within a block scalar", "a: |\n  ? b\n  !!pairs [c]\n  &k:/x\n\nd: >-\n  *k:v\n"],
  ["quotes within quotes", "a: 'b''c'\nd: \"e\\\"\\\\\"\nf: ''\ng: \"\"\nh: ['i\n  j', \"k\n  l\"]\n"],
  ["brackets over several lines", '{\n"a": [1,\n 2\n], "b": {\n}}\n'],
  ["brackets that close in a line of their key", "a:\n  b: [\n    c\n  ]\n  d: {\n    e: f,\n  }\n"],
  ["a tag with an anchor", "a: !!str &b 1\nc: &d !!int 2\n"],
  ["empty items", "a:\n  -\n  - b\n  -\nc:\n  -\n    d: e\n  -\n    - null\n  - f\n"],
  ["tabs in comments, empty lines and block scalars", "a: 1\n\t\n\t# b\nd: |\n  \tx\n"],
  ["an empty block scalar", "a: |\nb: c\n"],
  ["a URL in a flow list", "a: [http://b:80/c]\n"],
  ["a JSON file", '{"a":{"b":[1,"c"],"d":null}}\n'],
  ["merges", "x-a: &a-1 {b: 1}\nc: {<<: *a-1, d: *a-1}\n"],
  ["tags of scalars", 'a: !!str 1\nb: !!int "2"\n'],
  ["a document start before the content", "# c\n---\na: b\n"],
  ["a key and its value on two lines", "a:\n  b\nc:\n- d\n- e: f\n"],
];

for (const [what, text] of ACCEPTED) {
  Deno.test(`accepts ${what}`, async () => assertEquals(await findAmbiguousYaml(text), undefined));
}

Deno.test("lets other work run while it reads a text of 1 MiB", async () => {
  const text = `x-a: {${Array.from({ length: 80_000 }, (_, index) => `k${index}: 1`).join(", ")}}\n`;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  try {
    assertEquals(await findAmbiguousYaml(text), undefined);
  } finally {
    clearInterval(timer);
  }
  assertEquals(turns > 5, true, `${turns} turns`);
});

Deno.test("reads half a million tabs in quotes in one pass", async () => {
  assertEquals(await findAmbiguousYaml(`a: "${"\t".repeat(500_000)}x"\n`), undefined);
});

for (const blanks of ["\t", "\t ", " \t \r", "\t\t"]) {
  Deno.test(`refuses a line in quotes that ends with ${JSON.stringify(blanks)}`, async () => {
    const issue = await findAmbiguousYaml(`a: "b${blanks}\n  c"\n`);
    assertStringIncludes(issue?.message ?? "", "a tab at the end of a line within quotes");
  });
}
