import { AppError } from "../../../server/errors.ts";
import {
  checkKeys,
  checkResolvedKeys,
  describeUnknownKey,
  findUnknownKeys,
} from "../../../server/stacks/validate/unknown_keys.ts";
import { parseYaml } from "../../../server/yaml.ts";
import { assertEquals, assertRejects, assertStringIncludes, eventually } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../client.ts";

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

/** Serves an adopted stack whose compose file Compose reads with an unknown key. */
async function serveAdopted(allowKeys: readonly string[]) {
  const folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const container = fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels });
  const it = await serveStacks({
    engine: new FakeEngine(container),
    changes: { stacks: { parallel: 4, allowKeys } },
  });
  it.compose.hidden = () => ({ services: { web: { image: "x:1", pre_build: [] } } });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  const { body } = await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  return {
    ...it,
    id: body.stack_id as number,
    async [Symbol.asyncDispose]() {
      await it[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

for (const command of ["deploy", "update"]) {
  Deno.test(`an adopted stack with an unknown key can be stored and changed, but not run: ${command}`, async () => {
    await using it = await serveAdopted([]);
    assertEquals((await it.call("GET", `/stacks/${it.id}`)).status, 200);
    assertEquals((await it.call("PUT", `/stacks/${it.id}`, { env: "A=1\n" })).status, 200);
    await it.call("POST", `/stacks/${it.id}/${command}?wait=1`);
    const { body } = await it.call("GET", "/operations");
    assertEquals([body[0].state, it.compose.runs], ["failed", []]);
    assertStringIncludes(
      body[0].error,
      'compose.services.web.pre_build, line 2, column 3: unknown key "pre_build"',
    );
  });
}

Deno.test("an adopted stack with an unknown key can be removed", async () => {
  await using it = await serveAdopted([]);
  await it.call("DELETE", `/stacks/${it.id}?wait=1`);
  assertEquals((await it.call("GET", "/operations")).body[0].state, "succeeded");
});

Deno.test("an adopted stack is deployed when allowKeys has its unknown key", async () => {
  await using it = await serveAdopted(["pre_build"]);
  await it.call("POST", `/stacks/${it.id}/deploy?wait=1`);
  assertEquals((await it.call("GET", "/operations")).body[0].state, "succeeded");
});

Deno.test("a stack with an unknown key is stored only when allowKeys has the key", async () => {
  const text = "services:\n  web:\n    image: x:1\n    pre_build: []\n";
  for (const [allowKeys, status] of [[[], 422], [["pre_build"], 200]] as const) {
    await using it = await serveStacks({ changes: { stacks: { parallel: 4, allowKeys } } });
    assertEquals((await it.call("POST", "/stacks/validate", { compose: text })).status, status);
  }
});

Deno.test("refuses an unknown key that only Compose's own reading has", async () => {
  await using it = await serveStacks();
  it.compose.hidden = () => ({ services: { web: { image: "x:1", pre_build: [] } } });
  const { status, body } = await it.call("POST", "/stacks/validate", { compose: COMPOSE });
  assertEquals([status, body.errors[0].path], [422, "compose.services.web.pre_build"]);
});
