/** Pure: the import maps name packages only, since a name for a file would hide its layer. */
import type { Fault } from "./documents.ts";

/** Finds the entries of a `deno.json` that do not name a package. */
export function checkImportMap(path: string, json: string): Fault[] {
  const config: Record<string, unknown> = JSON.parse(json);
  const other = ["importMap", "scopes", "links", "workspace"].filter((key) => key in config)
    .map((key) => ({ path, message: `"${key}" could give names to files, past the rule on layers` }));
  const files = Object.entries(config.imports ?? {})
    .filter(([name, target]) => !isAllowed(name, String(target)))
    .map(([name]) => ({ path, message: `The import "${name}" is not a package` }));
  return [...other, ...files];
}

/** A style sheet has no layer: tests replace it, because Deno cannot load it. */
function isAllowed(name: string, target: string): boolean {
  return /^(?:npm|jsr|node):/.test(target) || (name.endsWith(".css") && target.startsWith("./tests/"));
}
