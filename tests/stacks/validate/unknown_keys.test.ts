import { AppError } from "../../../server/errors.ts";
import {
  checkKeys,
  checkResolvedKeys,
  describeUnknownKey,
  findUnknownKeys,
} from "../../../server/stacks/validate/unknown_keys.ts";
import { parseYaml } from "../../../server/yaml.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";

const TEXT =
  "services:\n  web:\n    image: x:1\n    pots: []\n    pre_start:\n      - {comand: x, on_end: {}}\n";
const NONE: ReadonlySet<string> = new Set();

Deno.test("refuses unknown keys at any depth, with line, column and a suggestion", async () => {
  const error = await assertRejects(() => checkKeys(parseYaml(TEXT, "compose"), TEXT, NONE), AppError);
  assertEquals(error.code, "invalid");
  const other = "expected a key of the Compose specification";
  assertEquals(
    error.issues?.map(({ path, line, column, message }) => [path, line, column, message.slice(0, 60)]),
    [
      ["compose.services.web.pots", 4, 5, 'unknown key "pots": did you mean "ports"?'],
      ["compose.services.web.pre_start.0.comand", 6, 10, 'unknown key "comand": did you mean "command"?'],
      ["compose.services.web.pre_start.0.on_end", 6, 21, `unknown key "on_end": ${other}`.slice(0, 60)],
    ],
  );
});

Deno.test("admits a key of allowKeys anywhere, and no other", () => {
  const found = findUnknownKeys(parseYaml(TEXT, "compose"), new Set(["pots", "on_end"]));
  assertEquals(found.map(({ keys }) => keys.at(-1)), ["comand"]);
});

Deno.test("admits keys that Compose prints in capitals, in its own reading only", async () => {
  const text = "services: {w: {blkio_config: {weight_device: [{Path: /dev/a}]}}}\n";
  const value = parseYaml(text, "compose");
  await checkResolvedKeys(value, text, NONE);
  await assertRejects(() => checkKeys(value, text, NONE), AppError);
});

Deno.test("refuses unknown keys of Compose's own reading", async () => {
  const config = { services: { web: { pots: [], next: {} } } };
  const { issues = [] } = await assertRejects(() => checkResolvedKeys(config, TEXT, NONE), AppError);
  assertEquals(issues.map(({ path, line }) => [path, line]), [
    ["compose.services.web.pots", 4],
    ["compose.services.web.next", 2],
  ]);
});

Deno.test("admits all keys without a list", async () => {
  await checkKeys(parseYaml(TEXT, "compose"), TEXT, undefined);
});

Deno.test("names allowKeys when no known key is close", () => {
  assertStringIncludes(describeUnknownKey("something", ["ports"]), "stacks.allowKeys in dockstat.yaml");
});

Deno.test("repeats 80 characters of a key at most", () => {
  assertStringIncludes(describeUnknownKey("k".repeat(1_000_000), ["ports"]), `"${"k".repeat(80)}":`);
});
