/** Pure: the import maps name packages only, since a name for a file would hide its layer. */
import type { Fault } from "./documents.ts";

/** Finds the entries of a `deno.json` that do not name a package. */
export function checkImportMap(path: string, json: string): Fault[] {
  const config: Record<string, unknown> = JSON.parse(json);
  const other = ["importMap", "scopes", "links", "workspace"].filter((key) => key in config)
    .map((key) => ({ path, message: `"${key}" could give names to files, past the rule on layers` }));
  const files = Object.entries(config.imports ?? {})
    .filter(([, target]) => !/^(?:npm|jsr|node):/.test(String(target)))
    .map(([name]) => ({ path, message: `The import "${name}" is not a package` }));
  return [...other, ...files];
}
