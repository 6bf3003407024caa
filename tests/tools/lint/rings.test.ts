import { assertEquals } from "../../assert.ts";
import { ROOT, ROOT_URL } from "../../../tools/lint/paths.ts";
import { collector, findRing, type ImportGraph } from "../../../tools/lint/rings.ts";

function collect(files: Record<string, string>, root = "/x/"): ImportGraph {
  const graph: ImportGraph = new Map();
  const plugin = collector(root, graph);
  for (const [path, source] of Object.entries(files)) Deno.lint.runPlugin(plugin, root + path, source);
  return graph;
}

Deno.test("finds two files that import each other", () => {
  const graph = collect({ "server/a.ts": 'import "./b.ts";', "server/b.ts": 'import "./a.ts";' });
  assertEquals(findRing(graph), ["server/a.ts", "server/b.ts"]);
});

Deno.test("finds a ring of types, dynamic imports and re-exports", () => {
  const graph = collect({
    "server/start.ts": 'import "./a.ts";',
    "server/a.ts": 'type B = import("./b.ts").B;',
    "server/b.ts": 'await import("./stats/c.ts"); import "./leaf.ts";',
    "server/stats/c.ts": 'export type { A } from "../a.ts";',
    "server/leaf.ts": "",
  });
  assertEquals(findRing(graph), ["server/a.ts", "server/b.ts", "server/stats/c.ts"]);
});

Deno.test("finds a file that imports itself", () => {
  assertEquals(findRing(collect({ "mod.ts": 'import type { A } from "./mod.ts";' })), ["mod.ts"]);
});

Deno.test("finds no ring where two files import a third", () => {
  const graph = collect({
    "server/a.ts": 'import "./b.ts"; import "./c.ts"; import "npm:a";',
    "server/b.ts": 'import "./c.ts";',
    "server/c.ts": 'import "./not_linted.ts";',
  });
  assertEquals(findRing(graph), undefined);
});

async function sources(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT_URL))) {
    const path = `${folder}/${name}`;
    if (isDirectory && name !== "node_modules") Object.assign(found, await sources(path));
    else if (/\.tsx?$/.test(name)) found[path] = await Deno.readTextFile(new URL(path, ROOT_URL));
  }
  return found;
}

Deno.test("no files of the repository import each other in a ring", async () => {
  const files = { "mod.ts": await Deno.readTextFile(new URL("mod.ts", ROOT_URL)) };
  for (const folder of ["server", "extension", "tools", "tests"]) Object.assign(files, await sources(folder));
  const graph = collect(files, ROOT);
  assertEquals(
    graph.get("extension/ui/src/app/render_page.tsx")?.includes("extension/ui/src/app/app.tsx"),
    true,
  );
  assertEquals(findRing(graph), undefined);
});
