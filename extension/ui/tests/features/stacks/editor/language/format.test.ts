import fc from "fast-check";
import { parse } from "yaml";
import { assertEquals } from "../../../../../../../tests/assert.ts";
import { formatCompose } from "../../../../../src/features/stacks/editor/language/format.ts";

Deno.test("indents regularly, and keeps comments and blank lines", () => {
  const text = `# head
services:
    web:
        image:   "nginx:1"   # pinned

        # ports
        ports:
        - "80:80" # http
`;
  assertEquals(
    formatCompose(text),
    `# head
services:
  web:
    image: "nginx:1" # pinned

    # ports
    ports:
      - "80:80" # http
`,
  );
});

for (const list of ['["CMD", "true"]', '[ "CMD", "true" ]']) {
  Deno.test(`keeps the spaces of ${list}`, () => {
    const text = `services:\n  web:\n    image: nginx:1\n    command: ${list}\n`;
    assertEquals(formatCompose(text), text);
  });
}

Deno.test("formats no text that is not YAML", () => {
  assertEquals(formatCompose("a: [\n"), undefined);
});

Deno.test("changes no value and no comment, and formats once", () => {
  const text = fc.string({ maxLength: 8 });
  const lines = fc.array(
    fc.record({
      key: fc.stringMatching(/^[a-z]{1,6}$/),
      value: text,
      comment: fc.stringMatching(/^[a-z ]{0,8}$/),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(lines, (all) => {
      const unique = new Map(all.map((line) => [line.key, line]));
      const yaml = [...unique.values()].map(({ key, value, comment }) =>
        `    # ${comment}\n    ${key}:   ${JSON.stringify(value)}   # ${comment}`
      ).join("\n");
      const before = `services:\n${yaml}\n`;
      const after = formatCompose(before)!;
      assertEquals(parse(after), parse(before));
      assertEquals(formatCompose(after), after);
      const comments = (yaml: string) =>
        yaml.split("\n").flatMap((line) => /#[^"]*$/.exec(line)?.[0].trim() ?? []);
      assertEquals(comments(after), comments(before));
    }),
    { numRuns: 200, seed: 7 },
  );
});
