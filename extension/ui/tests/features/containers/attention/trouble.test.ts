import { CRASH_LOOP_MS, troubleOf } from "../../../../src/features/containers/attention/trouble.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

const NOW = Date.parse(at(100));

function trouble(changes: object, restartedAt = -Infinity) {
  return troubleOf({ newest: { ...message(), ...changes }, restartedAt }, NOW);
}

for (
  const [changes, expected] of [
    [{}, undefined],
    [{ health: "healthy" }, undefined],
    [{ health: "starting" }, undefined],
    [{ health: "unhealthy" }, "unhealthy"],
    [{ health: "unhealthy", stale: true }, undefined],
    [{ state: "paused" }, undefined],
    [{ state: "created" }, undefined],
    [{ state: "restarting" }, "restarting"],
    [{ state: "dead" }, "dead"],
    [{ state: "exited", exitCode: 0 }, undefined],
    [{ state: "exited", exitCode: 1 }, "failed"],
    [{ state: "exited", exitCode: 143 }, undefined],
    [{ state: "exited", exitCode: 137 }, undefined],
    [{ state: "exited", exitCode: 137, oomKilled: true }, "memory"],
    [{ oomKilled: true }, "memory"],
    [{ restartCount: 3, startedAt: at(90) }, "restarting"],
    [{ restartCount: 3, startedAt: at(30) }, undefined],
    [{ restartCount: 0, startedAt: at(90) }, undefined],
  ] as const
) {
  Deno.test(`${JSON.stringify(changes)} is ${expected ?? "not a problem"}`, () => {
    assertEquals(trouble(changes), expected);
  });
}

Deno.test("a crash loop stays a problem for a minute while it runs between two failures", () => {
  assertEquals(trouble({}, NOW - CRASH_LOOP_MS + 1), "restarting");
  assertEquals(trouble({}, NOW - CRASH_LOOP_MS), undefined);
});

Deno.test("a row notes restarts, and a stop by a user ends the loop", () => {
  const row = new ContainerRow(message({ restartCount: null }));
  row.update(message({ timestamp: at(1), restartCount: 1 }));
  const unknownBefore = row.restartedAt;
  row.update(message({ timestamp: at(2), restartCount: 2 }));
  const counted = row.restartedAt;
  row.update(message({ state: "exited", status: "Exited (0) 1 second ago" }));
  assertEquals([unknownBefore, counted > 0, row.restartedAt], [-Infinity, true, -Infinity]);
});

Deno.test("a row that restarts is noted before it runs again", () => {
  const row = new ContainerRow(message({ state: "restarting" }));
  row.update(message({ timestamp: at(1) }));
  assertEquals(troubleOf(row, row.restartedAt + 1), "restarting");
});
