import { assertEquals } from "../../assert.ts";
import { layers } from "../../../tools/lint/layers.ts";

function faultsAt(root: string, file: string, source: string): string[] {
  const plugin: Deno.lint.Plugin = { name: "test", rules: { layers: layers(root) } };
  return Deno.lint.runPlugin(plugin, file, source).map(({ message }) => message);
}

/** Lints a made-up file of the repository; `file` is its path from the root. */
function faults(file: string, source: string): string[] {
  return faultsAt("/x/", `/x/${file}`, source);
}

function rejects(file: string, source: string): void {
  assertEquals(faults(file, source).length, 1, `${file}: ${source}`);
}

function accepts(file: string, source: string): void {
  assertEquals(faults(file, source), [], `${file}: ${source}`);
}

const FEATURE = "extension/ui/src/features/stacks/list/page.tsx";
const SERVER = "../../../../../../server";

Deno.test("names both layers when an import runs upward", () => {
  const [message] = faults("server/hub.ts", 'import { b } from "./app.ts";');
  assertEquals(message, '"./app.ts": server/app.ts is in layer 13, above this file in layer 0');
});

const UPWARD: Record<string, string> = {
  "a static import": 'import { b } from "./cli/main.ts";',
  "an import for its effects": 'import "./cli/main.ts";',
  "an import of a type": 'import type { App } from "./app.ts";',
  "an import of a namespace": 'import * as app from "./app.ts";',
  "a re-export": 'export { b } from "./app.ts";',
  "a re-export of everything": 'export * from "./app.ts";',
  "a re-export of types": 'export type { App } from "./app.ts";',
  "a dynamic import": 'await import("./cli/main.ts");',
  "a dynamic import of a template": "await import(`./cli/main.ts`);",
  "a dynamic import that is no constant": "await import(path);",
  "a dynamic import put together": 'await import("./cli" + "main.ts");',
  "a dynamic import of a template with a value": "await import(`./cli/${name}.ts`);",
  "a type of an import": 'type A = import("./app.ts").App;',
  "a type of a module": 'type A = typeof import("./app.ts");',
  "a file URL": 'import "file:///x/server/app.ts";',
  "an absolute path": 'import "/x/server/app.ts";',
  "an absolute path of Windows": 'import "C:/x/server/app.ts";',
  "a web address": 'import "https://example.com/app.ts";',
  "a data URL": 'import "data:text/javascript,1";',
  "a worker": 'new Worker(new URL("./cli/main.ts", import.meta.url), { type: "module" });',
  "a worker without a dot": 'new Worker(new URL("cli/main.ts", import.meta.url));',
  "a shared worker": 'new SharedWorker(new URL("./cli/main.ts", import.meta.url));',
  "a worker of a global object": "new globalThis.Worker(new URL(`./cli/main.ts`, import.meta.url));",
  "a worker that is no constant": "new Worker(path);",
  "a worker of a resolved path": 'new Worker(import.meta.resolve("./cli/main.ts"));',
  "a URL of a program": 'const main = new URL("./cli/main.ts", import.meta["url"]).pathname;',
  "a resolved path": 'const main = import.meta.resolve("./cli/main.ts");',
  "the project's own name": 'import { serve } from "@dockstat/dockstat";',
  "the project's own name in a registry": 'import { serve } from "jsr:@dockstat/dockstat@0.1.0/mod";',
  "require": 'const app = require("./app.ts");',
  "import and require": 'import app = require("./app.ts");',
  "createRequire": 'import { createRequire } from "node:module";',
  "import.meta.glob": 'const all = import.meta.glob("../**/*.ts");',
  "a declaration of another module": 'declare module "./app.ts" { interface A {} }',
  "a reference": '/// <reference path="./app.ts" />',
  "types in a comment": '// @ts-types="./app.ts"\nimport "npm:a";',
  "a path in percent signs": 'import "./%61pp.ts";',
  "a path with backslashes": 'import ".\\\\app.ts";',
  "a path with a query": 'import "./app.ts?again";',
  "a path by way of its own folder": 'import "../server/app.ts";',
  "a name of the import map for a file": 'import "#app";',
  "an unknown folder": 'import "./utils/a.ts";',
  "a file outside the repository": 'import "../../other/a.ts";',
};

for (const [form, source] of Object.entries(UPWARD)) {
  Deno.test(`rejects ${form} in a file of the base layer`, () => rejects("server/hub.ts", source));
}

Deno.test("rejects imports between layers of the server that run upward", () => {
  rejects("server/docker/a.ts", 'import { b } from "../stats/b.ts";');
  rejects("server/stacks/validate/a.ts", 'import { b } from "../stacks.ts";');
  rejects("server/contracts/a.ts", 'import { b } from "../routes/b.ts";');
  rejects("server/app.ts", 'import { b } from "../mod.ts";');
});

Deno.test("rejects imports between groups of one layer", () => {
  rejects("server/stats/a.ts", 'import { b } from "../output/b.ts";');
  rejects("server/docker/a.ts", 'import { b } from "../compose/b.ts";');
  rejects("server/log/a.ts", 'import { b } from "../store/b.ts";');
});

Deno.test("accepts imports that run down or stay in their group", () => {
  accepts("server/stats/a.ts", 'import { b } from "../docker/b.ts"; import "./c.ts"; import "../hub.ts";');
  accepts("server/cli/main.ts", 'await import("./stacks/stacks.ts"); import "../serve.ts";');
  accepts("server/cli/stacks/stacks.ts", 'import { b } from "../terminal.ts"; import "../logs/flags.ts";');
  accepts("server/yaml.ts", 'import "./errors.ts";');
  accepts("server/version.ts", 'import config from "../deno.json" with { type: "json" };');
});

Deno.test("accepts packages and paths of data", () => {
  accepts(
    "server/hub.ts",
    'import "npm:valibot@1"; import "@std/yaml"; import "node:fs"; import "ajv/2020";',
  );
  accepts("server/hub.ts", 'const folder = new URL("../dist/ui/", import.meta.url);');
  accepts("server/types/a.d.ts", 'declare module "npm:valibot@1.5.0" {}');
});

Deno.test("rejects files in folders that the table does not list", () => {
  for (
    const file of [
      "server/utils/a.ts",
      "server/a.ts",
      "server/stats/new/a.ts",
      "tools/a.ts",
      "tools/new/a.ts",
    ]
  ) {
    rejects(file, "export {};");
  }
  for (
    const file of ["a.ts", "src/a.ts", "src/hooks/a.ts", "src/features/shared.ts", "src/features/a-b/a.ts"]
  ) {
    rejects(`extension/ui/${file}`, "export {};");
  }
  rejects("extension/new/a.ts", "export {};");
});

Deno.test("accepts files in any folder of the tests", () => {
  accepts("tests/new/deep/a.test.ts", 'import "../../../server/hub.ts"; import "../../assert.ts";');
  accepts(
    "extension/ui/tests/lib/a.test.ts",
    'import "../../src/lib/a.ts"; import "../../../../tests/assert.ts";',
  );
});

Deno.test("the product imports neither tests nor tools", () => {
  for (const target of ["tests/fakes/a.ts", "tools/engine/run.ts"]) {
    rejects("server/serve.ts", `import "../${target}";`);
    rejects("mod.ts", `import "./${target}";`);
    rejects("extension/package/build.ts", `import "../../${target}";`);
    rejects("extension/ui/src/app/app.tsx", `import "../../../../${target}";`);
  }
});

Deno.test("packaging imports only the base layer of the server", () => {
  accepts("extension/package/build.ts", 'import "../../server/version.ts"; import "../../deno.json";');
  rejects("extension/package/build.ts", 'import "../../server/cli/main.ts";');
  rejects("extension/package/build.ts", 'import "../../mod.ts";');
  rejects("server/serve.ts", 'import "../extension/package/build.ts";');
});

Deno.test("the page imports types of the wire from the server", () => {
  accepts(FEATURE, `import type { About } from "${SERVER}/protocol/about.ts";`);
  accepts(FEATURE, `import { type About, type Other } from "${SERVER}/protocol/about.ts";`);
  accepts(FEATURE, `export type { About } from "${SERVER}/protocol/about.ts";`);
  accepts(FEATURE, `export { type About } from "${SERVER}/protocol/about.ts";`);
  accepts(FEATURE, `type A = import("${SERVER}/protocol/about.ts").About;`);
});

Deno.test("the page imports nothing else from outside", () => {
  rejects(FEATURE, `import { About } from "${SERVER}/protocol/about.ts";`);
  rejects(FEATURE, `import { type About, b } from "${SERVER}/protocol/about.ts";`);
  rejects(FEATURE, `import {} from "${SERVER}/protocol/about.ts";`);
  rejects(FEATURE, `import type { App } from "${SERVER}/app.ts";`);
  rejects(FEATURE, `type A = import("${SERVER}/app.ts").App;`);
  rejects(FEATURE, `import type { A } from "${SERVER}/protocolish.ts";`);
  rejects(FEATURE, 'import type { A } from "../../../../../mod.ts";');
  rejects(FEATURE, 'import config from "../../../../../deno.json" with { type: "json" };');
  rejects(FEATURE, 'import type { A } from "../../../../build.ts";');
});

Deno.test("a feature of the page does not import another", () => {
  rejects(FEATURE, 'import { b } from "../../log/b.ts";');
  rejects(FEATURE, 'import type { b } from "../../containers/model/b.ts";');
  rejects("extension/ui/src/features/containers/detail/a.ts", 'import "../../stacks/model/b.ts";');
});

Deno.test("a feature imports its lower folders, components and lib", () => {
  accepts(
    FEATURE,
    'import "../model/b.ts"; import "../parts/b.ts"; import "../../../lib/c.ts"; import "./d.ts";',
  );
  accepts(FEATURE, 'import "../../../components/c.tsx"; import "../../../lib/transport/c.ts";');
  rejects("extension/ui/src/features/stacks/model/a.ts", 'import "../list/b.ts";');
  rejects("extension/ui/src/features/stacks/editor/a.ts", 'import "../detail/b.ts";');
  rejects("extension/ui/src/lib/a.ts", 'import "../components/b.tsx";');
  rejects("extension/ui/src/components/a.tsx", 'import "../features/log/b.ts";');
  accepts("extension/ui/src/main.ts", 'import "./app/app.tsx"; import "./features/stacks/model/b.ts";');
});

Deno.test("holds in a checkout below a folder with a name of the table", () => {
  for (const root of ["/home/server/docker/dockstat/", "/home/tests/dockstat/", "/home/a b/dockstat/"]) {
    assertEquals(faultsAt(root, `${root}server/hub.ts`, 'import "./app.ts";').length, 1);
    assertEquals(faultsAt(root, `${root}server/app.ts`, 'import "./hub.ts";'), []);
  }
});

Deno.test("leaves files outside the repository alone", () => {
  assertEquals(faultsAt("/x/", "/y/server/hub.ts", 'import "./app.ts";'), []);
});
