/** Finds files that import each other in a ring. */
import { importVisitor } from "./imports.ts";
import { pathIn, resolveIn } from "./paths.ts";

/** Files, as paths from the root, with the files that each imports. */
export type ImportGraph = Map<string, readonly string[]>;

/** Makes a plugin that reports nothing and adds the imports of each linted file to `graph`. */
export function collector(root: string, graph: ImportGraph): Deno.lint.Plugin {
  const rule: Deno.lint.Rule = {
    create(context) {
      const file = pathIn(root, context.filename);
      if (file === undefined) return {};
      const targets: string[] = [];
      graph.set(file, targets);
      return importVisitor(context, ({ specifier }) => {
        const target = specifier?.startsWith(".") ? resolveIn(file, specifier) : undefined;
        if (target !== undefined) targets.push(target);
      });
    },
  };
  return { name: "collector", rules: { imports: rule } };
}

/** Removes files until each that is left imports another that is left. */
function withoutLeaves(graph: ImportGraph): ImportGraph {
  let rest: ImportGraph = new Map(graph);
  for (;;) {
    const kept = [...rest].filter(([, targets]) => targets.some((target) => rest.has(target)));
    if (kept.length === rest.size) return rest;
    rest = new Map(kept);
  }
}

/** Returns one ring, each file importing the next and the last the first; `undefined` without a ring. */
export function findRing(graph: ImportGraph): string[] | undefined {
  const rest = withoutLeaves(graph);
  const path: string[] = [];
  let [file] = rest.keys();
  while (file !== undefined && !path.includes(file)) {
    path.push(file);
    file = rest.get(file)?.find((target) => rest.has(target));
  }
  return file === undefined ? undefined : path.slice(path.indexOf(file));
}
