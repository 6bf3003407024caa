import { assertEquals } from "../assert.ts";
import plugin from "./layers.ts";

function messages(file: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, file, source).map(({ message }) => message);
}

Deno.test("an import that runs upward is found", () => {
  assertEquals(messages("/x/server/docker/a.ts", 'import { b } from "../stats/b.ts";'), [
    '"../stats/b.ts" stands on floor 2, above this file\'s 1',
  ]);
  assertEquals(messages("/x/server/hub.ts", 'export * from "./app.ts";').length, 1);
  assertEquals(messages("/x/server/hub.ts", 'await import("./cli.ts");').length, 1);
});

Deno.test("an import that runs down or stays is fine", () => {
  assertEquals(messages("/x/server/stats/a.ts", 'import { b } from "../docker/b.ts"; import "./c.ts";'), []);
});

const PAGE = "/x/extension/ui/src/features/stats/page.tsx";

Deno.test("one feature of the dashboard does not import another", () => {
  assertEquals(messages(PAGE, 'import { b } from "../logs/b.ts";').length, 1);
  assertEquals(messages(PAGE, 'import { b } from "./b.ts"; import "../../lib/c.ts";'), []);
});

Deno.test("the dashboard takes the types of the protocol from the server, and nothing else", () => {
  const server = "../../../../../server";
  assertEquals(messages(PAGE, `import type { About } from "${server}/protocol.ts";`), []);
  assertEquals(messages(PAGE, `import { About } from "${server}/protocol.ts";`).length, 1);
  assertEquals(messages(PAGE, `import type { App } from "${server}/app.ts";`).length, 1);
});
