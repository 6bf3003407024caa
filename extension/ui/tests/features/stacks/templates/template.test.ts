import { assert, assertEquals, assertMatch } from "../../../../../../tests/assert.ts";
import { checkTexts } from "../../../../src/features/stacks/editor/language/check.ts";
import { formatCompose } from "../../../../src/features/stacks/editor/language/format.ts";
import { STACK_NAME } from "../../../../src/features/stacks/editor/server_rules.ts";
import { TEMPLATES } from "../../../../src/features/stacks/templates/catalog.ts";
import {
  filledEnv,
  imagesOf,
  matchingTemplates,
} from "../../../../src/features/stacks/templates/template.ts";

const titles = (search: string) => matchingTemplates(TEMPLATES, search).map(({ title }) => title);

Deno.test("finds templates by title, purpose and image, in any order of the words", () => {
  assertEquals(titles("sql adminer"), ["PostgreSQL and Adminer"]);
  assertEquals(titles("prom/prometheus"), ["Grafana and Prometheus"]);
  assertEquals(titles("Passwords").length, 0);
  assertEquals(titles("  "), TEMPLATES.map(({ title }) => title));
});

Deno.test("generates a different password for each mark", () => {
  const env = filledEnv({ env: "A={{random}}\nB={{random}}\n" });
  assertMatch(env, /^A=[A-Za-z2-9]{24}\nB=[A-Za-z2-9]{24}\n$/);
  const [one, other] = env.split("\n").map((line) => line.slice(2));
  assert(one !== other);
});

for (const template of TEMPLATES) {
  const { name, compose } = template;
  const env = filledEnv(template);

  Deno.test(`template ${name} has no mistakes, keeps its form, and explains itself`, () => {
    assertEquals(checkTexts(compose, env), []);
    assertEquals(formatCompose(compose), compose);
    assertMatch(compose, /^# [A-Z]/i);
    assertMatch(name, STACK_NAME);
    assert(imagesOf(compose).length > 0);
  });

  Deno.test(`template ${name} names each variable in both texts`, () => {
    const used = new Set([...compose.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(([, key]) => key));
    const set = [...env.matchAll(/^(\w+)=/gm)].map(([, key]) => key);
    assertEquals([...used].sort(), [...set].sort());
  });
}

Deno.test("no two templates use the same port of the host", () => {
  const ports = TEMPLATES.flatMap(({ env }) =>
    [...env.matchAll(/^\w*PORT=(\d+)$/gm)].map(([, port]) => port)
  );
  assertEquals([...new Set(ports)].length, ports.length);
});
