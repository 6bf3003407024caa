import { assertEquals } from "../../../../../../tests/assert.ts";
import { statusAge } from "../../../../src/features/containers/model/status_time.ts";

for (
  const [status, seconds] of [
    ["Up Less than a second", 0],
    ["Up 1 second", 1],
    ["Up 42 seconds (health: starting)", 42],
    ["Up About a minute", 60],
    ["Up 9 minutes (Paused)", 540],
    ["Up About an hour", 3600],
    ["Up 3 days", 259_200],
    ["Up 2 weeks", 1_209_600],
    ["Up 5 months", 12_960_000],
  ] as const
) {
  Deno.test(`reads the time of "${status}"`, () => assertEquals(statusAge(status), seconds));
}

Deno.test("ended containers come after all running ones, the newest end first", () => {
  const ages = ["Up 3 years", "Exited (0) 4 minutes ago", "Exited (137) 2 days ago"].map(statusAge);
  assertEquals(ages, ages.toSorted((one, other) => one! - other!));
});

for (const status of ["Created", "Dead", "Removal In Progress", ""]) {
  Deno.test(`"${status}" has no time`, () => assertEquals(statusAge(status), null));
}
