/**
 * The gate: runs all parts of the named groups, also after a failure, and reports every failure at the end.
 *
 * `deno task ok` runs everything, `deno task test:unit` what needs neither engine nor browser.
 */
import { runLanes } from "./lanes.ts";
import { GROUPS, type Lane } from "./parts.ts";
import { report, type Result } from "./result.ts";
import { repeatFailures } from "./second_run.ts";

/** Returns the lanes of each named group; `undefined` when a name is unknown or none is given. */
function chosen(names: readonly string[]): (readonly Lane[])[] | undefined {
  const groups = names.flatMap((name) => GROUPS[name] === undefined ? [] : [GROUPS[name]]);
  return names.length > 0 && groups.length === names.length ? groups : undefined;
}

const print = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

const groups = chosen(Deno.args);
if (groups === undefined) {
  print(`Usage: tools/gate/main.ts GROUP...\nGroups: ${Object.keys(GROUPS).join(", ")}\n`);
  Deno.exit(2);
}
const results: Result[] = [];
for (const lanes of groups) {
  results.push(...await repeatFailures(await runLanes(lanes, Deno.stdout), Deno.stdout));
}
const { text, failed } = report(results);
print(text);
Deno.exit(failed === 0 ? 0 : 1);
