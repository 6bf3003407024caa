/**
 * The gate: runs all parts of the named groups, also after a failure, and reports every failure at the end.
 *
 * `deno task ok` runs everything, `deno task test:unit` what needs neither engine nor browser.
 */
import { GROUPS, type Part } from "./parts.ts";
import { report, type Result } from "./result.ts";
import { runPart } from "./run.ts";

/** Returns the parts of the named groups; `undefined` when a name is unknown or none is given. */
function chosen(names: readonly string[]): Part[] | undefined {
  const groups = names.map((name) => GROUPS[name]);
  return names.length > 0 && !groups.includes(undefined) ? groups.flatMap((group) => group ?? []) : undefined;
}

const print = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

const parts = chosen(Deno.args);
if (parts === undefined) {
  print(`Usage: tools/gate/main.ts GROUP...\nGroups: ${Object.keys(GROUPS).join(", ")}\n`);
  Deno.exit(2);
}
const results: Result[] = [];
for (const part of parts) results.push(await runPart(part, Deno.stdout));
const { text, failed } = report(results);
print(text);
Deno.exit(failed === 0 ? 0 : 1);
