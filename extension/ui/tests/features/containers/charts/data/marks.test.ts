import type { TimelineEvent } from "../../../../../../../server/protocol/past/timeline.ts";
import { marksOf } from "../../../../../src/features/containers/charts/data/marks.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";
import { timelineEvent } from "../../../../fakes/timeline.ts";

const looks = (...events: Partial<TimelineEvent>[]) =>
  marksOf(events.map((event, index) => timelineEvent({ id: index + 1, ...event })))
    .map(({ label, tone }) => [label, tone]);

Deno.test("marks restarts, deployments and kills", () => {
  assertEquals(
    looks(
      { kind: "restart" },
      { kind: "deploy", state: "succeeded" },
      { kind: "oom" },
      {
        kind: "exit",
        exitCode: 3,
      },
      { kind: "exit", exitCode: 0 },
      { kind: "deploy", state: "failed" },
    ),
    [["restart", "plain"], ["deploy", "deploy"], ["out of memory", "bad"], ["exit 3", "bad"], [
      "exit 0",
      "plain",
    ], [
      "deploy",
      "bad",
    ]],
  );
});

Deno.test("leaves out events that do not change the curves", () => {
  assertEquals(looks({ kind: "health", state: "unhealthy" }, { kind: "rename" }), []);
});

Deno.test("marks an event once, the oldest first", () => {
  const [late, early] = [
    timelineEvent({ id: 2, timestamp: "2026-08-01T12:00:09.000Z" }),
    timelineEvent({ id: 1 }),
  ];
  assertEquals(marksOf([late, early, late]).map(({ id }) => id), [1, 2]);
});
