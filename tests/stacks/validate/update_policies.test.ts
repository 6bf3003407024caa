import { assertEquals, assertRejects } from "../../assert.ts";
import { AppError } from "../../../server/errors.ts";
import { DEFAULT_POLICY, readPolicies } from "../../../server/stacks/validate/update_policies.ts";
import type { UpdatePolicy } from "../../../server/protocol/images/updates.ts";

/** Policy and least age of the service "web", and the warnings. */
async function read(labels: string) {
  const { policies, warnings } = await readPolicies(
    `services:\n  web:\n    image: nginx:1.27\n    labels: ${labels}\n`,
  );
  const { policy, minAgeMs } = policies.get("web") ?? DEFAULT_POLICY;
  return { found: [policy, minAgeMs], warnings };
}

const UNDERSTOOD: Readonly<Record<string, readonly [UpdatePolicy, number]>> = {
  "{}": ["notify", 0],
  "{ dockstat.update: ignore }": ["ignore", 0],
  "{ dockstat.update: notify }": ["notify", 0],
  "{ dockstat.update: nightly, dockstat.update.min-age: 3d }": ["nightly", 259_200_000],
  '["dockstat.update=nightly", "dockstat.update.min-age=12h"]': ["nightly", 43_200_000],
  '{ "dockstat.upd\\x61te": ignore }': ["ignore", 0],
  "{ dockstat.updates: nightly, other: x }": ["notify", 0],
};
for (const [labels, expected] of Object.entries(UNDERSTOOD)) {
  Deno.test(`the labels ${labels} set the policy ${expected.join(" ")}`, async () => {
    assertEquals(await read(labels), { found: [...expected], warnings: [] });
  });
}

const REFUSED: Readonly<Record<string, string>> = {
  "{ dockstat.update: Nightly }": "dockstat.update",
  "{ dockstat.update: true }": "dockstat.update",
  "{ dockstat.update: '$POLICY' }": "dockstat.update",
  '{ dockstat.update: "nightly\\n" }': "dockstat.update",
  "{ dockstat.update: nightly, dockstat.update.min-age: 3 }": "dockstat.update.min-age",
  "{ dockstat.update: nightly, dockstat.update.minage: 3d }": "dockstat.update.minage",
};
for (const [labels, key] of Object.entries(REFUSED)) {
  Deno.test(`the labels ${labels} are a warning and allow no automatic update`, async () => {
    const { found, warnings } = await read(labels);
    assertEquals(found, ["notify", 0]);
    assertEquals(warnings.map(({ keys }) => keys.at(-1)), [key]);
  });
}

Deno.test("a warning about a list of labels names the entry", async () => {
  const { warnings } = await read('["a=b", "dockstat.update=sometimes"]');
  assertEquals(warnings.map(({ keys }) => keys), [["services", "web", "labels", 1]]);
});

Deno.test("a policy of one service is not that of another", async () => {
  const { policies } = await readPolicies(
    "services:\n  web: { labels: { dockstat.update: nightly } }\n  db: { image: postgres }\n",
  );
  assertEquals([...policies].map(([name, { policy }]) => [name, policy]), [["web", "nightly"], [
    "db",
    "notify",
  ]]);
});

Deno.test("labels elsewhere in the text set no policy", async () => {
  const { policies } = await readPolicies(
    "x-labels: { dockstat.update: nightly }\nservices:\n  web:\n    image: nginx\n" +
      "    build: { context: ., labels: { dockstat.update: nightly } }\n" +
      "    deploy: { labels: { dockstat.update: nightly } }\n" +
      "    environment: { dockstat.update: nightly }\n",
  );
  assertEquals(policies.get("web")?.policy, "notify");
});

Deno.test("a text that is not YAML has no policies", async () => {
  await assertRejects(() => readPolicies("dockstat.update: [\n"), AppError);
});
