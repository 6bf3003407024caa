import { ineffectiveSettings, placedWarnings } from "../../../server/stacks/validate/compose_warnings.ts";
import type { Resolved } from "../../../server/stacks/validate/resolve.ts";
import { assertEquals } from "../../assert.ts";

function resolved(changes: Partial<Resolved>): Resolved {
  return {
    written: {},
    services: [],
    config: {},
    volumes: {},
    networks: {},
    notes: [],
    every: [],
    parts: new Map(),
    ...changes,
  };
}

const unset = (name: string) => `The "${name}" variable is not set. Defaulting to a blank string.`;

for (
  const [text, name, line, column] of [
    ["a: $$WORD\nb: x${WORD}\n", "WORD", 2, 5],
    ["a: ${WORDS}\nb: ${WORD:-x}\n", "WORD", 2, 4],
    ["a: pa$word!\n", "word", 1, 6],
    ["a: $words $word\n", "word", 1, 11],
  ] as const
) {
  Deno.test(`an unset variable is reported at its first use in ${JSON.stringify(text)}`, () => {
    const [warning] = placedWarnings(resolved({ notes: [unset(name)] }), text);
    assertEquals(warning, { path: "compose", line, column, message: unset(name) });
  });
}

Deno.test("a warning about another file's variable has no place", () => {
  assertEquals(placedWarnings(resolved({ notes: [unset("X")] }), "a: b\n"), [
    { path: "compose", message: unset("X") },
  ]);
});

Deno.test("the obsolete version is reported at its key, without the path of the draft", () => {
  const note = "/data/texts/new.1/compose.yaml: the attribute `version` is obsolete, it will be ignored";
  assertEquals(placedWarnings(resolved({ notes: [note] }), "services: {}\nversion: '3'\n"), [{
    ...{ path: "compose", line: 2, column: 1 },
    message: "the attribute `version` is obsolete, it will be ignored",
  }]);
});

Deno.test("another name in the file has no effect", () => {
  const [warning] = ineffectiveSettings(resolved({ written: { name: "other" } }), undefined, "shop");
  assertEquals(
    warning?.message,
    'the name "other" has no effect: the project has the name of the stack, "shop"',
  );
});

for (const [name, project] of [["shop", "shop"], ["other", undefined], [undefined, "shop"]] as const) {
  Deno.test(`the name ${name} in the file of the project ${project} gives no warning`, () => {
    assertEquals(ineffectiveSettings(resolved({ written: { name } }), undefined, project), []);
  });
}

for (
  const variable of [
    ...["COMPOSE_FILE", "COMPOSE_PROJECT_NAME", "COMPOSE_ENV_FILES", "COMPOSE_REMOVE_ORPHANS"],
    ...["COMPOSE_IGNORE_ORPHANS", "COMPOSE_PATH_SEPARATOR"],
  ]
) {
  Deno.test(`${variable} in the environment has no effect and gives a warning at its line`, () => {
    assertEquals(ineffectiveSettings(resolved({}), `A=1\nexport ${variable}=x\n`, "shop"), [
      { path: "env", line: 2, column: 1, message: `${variable} has no effect in a stack` },
    ]);
  });
}

Deno.test("profiles in the environment apply and give no warning", () => {
  assertEquals(ineffectiveSettings(resolved({}), "COMPOSE_PROFILES=debug\n", "shop"), []);
});
