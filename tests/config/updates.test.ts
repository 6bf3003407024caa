import { assertEquals, assertRejects } from "../assert.ts";
import { parseConfigFile } from "../../server/config/config_file.ts";
import { toUpdates } from "../../server/config/updates.ts";
import { AppError } from "../../server/errors.ts";

Deno.test("nothing is checked or updated automatically by default", () => {
  assertEquals(toUpdates(undefined, "/root/.docker"), {
    ...{ daily: false, night: undefined, healthyMs: 300_000, loginFolder: "/root/.docker" },
  });
});

Deno.test("a window has a named time zone", async () => {
  const text = 'updates: { night: { from: "02:00", to: "05:00", zone: Europe/Berlin }, healthy: 2m }';
  const { night, healthyMs } = toUpdates((await parseConfigFile(text, "dockstat.yaml")).updates, undefined);
  assertEquals([night, healthyMs], [{ from: "02:00", to: "05:00", zone: "Europe/Berlin" }, 120_000]);
});

const REFUSED: readonly string[] = [
  'night: { from: "02:00", to: "05:00" }',
  'night: { from: "02:00", to: "05:00", zone: "+02:00" }',
  'night: { from: "2am", to: "05:00", zone: UTC }',
  "night: true",
  "healthy: 1s",
  "healthy: 2h",
];
for (const key of REFUSED) {
  Deno.test(`refuses the key ${key} with its line`, async () => {
    const error = await assertRejects(
      () => parseConfigFile(`updates:\n  ${key}\n`, "dockstat.yaml"),
      AppError,
    );
    assertEquals(error.issues[0]?.line, 2);
  });
}
