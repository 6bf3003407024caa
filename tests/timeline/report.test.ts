import * as v from "valibot";
import { Report } from "../../server/protocol/past/report.ts";
import type { TimelineEvent } from "../../server/protocol/past/timeline.ts";
import { createReport } from "../../server/timeline/report.ts";
import { assert, assertEquals } from "../assert.ts";

const SINCE = Date.parse("2026-08-01T00:00:00Z");
const UNTIL = SINCE + 12 * 3_600_000;

/** Creates an event some minutes after the begin. */
function event(minute: number, changes: Partial<TimelineEvent>): TimelineEvent {
  return {
    ...{
      id: minute,
      timestamp: new Date(SINCE + minute * 60_000).toISOString(),
      hostId: "nas",
      kind: "start",
    },
    ...{ containerId: null, name: "web", project: null, stack_id: null, service: null, exitCode: null },
    ...{ state: null, action: null, operation_id: null, message: null, late: false, count: 1, hasLog: false },
    ...changes,
  };
}

function reportOf(...events: TimelineEvent[]): Report {
  const report = createReport({ sinceMs: SINCE, untilMs: UNTIL, events, curves: [] });
  assert(v.is(Report, report), JSON.stringify(report));
  return report;
}

Deno.test("restarts are counted by container", () => {
  const { restarted, failed } = reportOf(
    event(1, { kind: "restart" }),
    event(2, { kind: "restart", name: "db" }),
    event(9, { kind: "restart" }),
  );
  assertEquals(restarted.map(({ name, count, first, last }) => [name, count, first, last]), [
    ["web", 2, "2026-08-01T00:01:00.000Z", "2026-08-01T00:09:00.000Z"],
    ["db", 1, "2026-08-01T00:02:00.000Z", "2026-08-01T00:02:00.000Z"],
  ]);
  assertEquals(failed, []);
});

for (
  const [what, changes, kind] of [
    ["an exit with an error", { kind: "exit", exitCode: 1 }, "exit"],
    ["an exit without an error", { kind: "exit", exitCode: 0 }, undefined],
    ["an exit with an unknown code", { kind: "exit", exitCode: null }, undefined],
    ["an end by a stop", { kind: "exit", exitCode: 143 }, undefined],
    ["a failed health check", { kind: "health", state: "unhealthy" }, "unhealthy"],
    ["a recovered health check", { kind: "health", state: "healthy" }, undefined],
    ["a failed deployment", { kind: "deploy", state: "failed" }, "operation"],
    ["an interrupted operation", { kind: "operation", state: "interrupted" }, "operation"],
    ["a finished deployment", { kind: "deploy", state: "succeeded" }, undefined],
    ["a cancelled deployment", { kind: "deploy", state: "cancelled" }, undefined],
  ] as const
) {
  Deno.test(`${what} is ${kind === undefined ? "not a" : "a"} failure`, () => {
    assertEquals(
      reportOf(event(1, changes)).failed.map((finding) => finding.kind),
      kind === undefined ? [] : [kind],
    );
  });
}

Deno.test("several restarts that were found at once count each", () => {
  const { restarted: [finding] } = reportOf(
    event(1, { kind: "restart" }),
    event(2, { kind: "restart", count: 7 }),
  );
  assertEquals(finding?.count, 8);
});

Deno.test("the last exit code and message of a container are reported", () => {
  const { failed: [finding] } = reportOf(
    event(1, { kind: "exit", exitCode: 1, message: "a" }),
    event(2, { kind: "exit", exitCode: 2, message: "b" }),
  );
  assertEquals([finding?.count, finding?.exitCode, finding?.message], [2, 2, "b"]);
});

Deno.test("outages are added up, also one that has not ended", () => {
  const { failed: [finding] } = reportOf(
    event(10, { kind: "outage", name: null, message: "refused" }),
    event(15, { kind: "return", name: null }),
    event(700, { kind: "outage", name: null, message: "refused" }),
  );
  assertEquals([finding?.kind, finding?.count, finding?.durationMs], ["outage", 2, (5 + 20) * 60_000]);
});

Deno.test("an OOM kill means that memory ran out", () => {
  assertEquals(reportOf(event(1, { kind: "oom" })).ranOut.map(({ kind, name }) => [kind, name]), [[
    "oom",
    "web",
  ]]);
});

Deno.test("without the curves the report is incomplete", () => {
  const sources = { sinceMs: SINCE, untilMs: UNTIL, events: [] };
  assertEquals(createReport({ ...sources, curves: undefined }).complete, false);
  assertEquals(createReport({ ...sources, curves: [] }).complete, true);
});

Deno.test("failed operations are counted by action", () => {
  const failed = { kind: "operation", state: "failed", name: "shop", project: "shop" } as const;
  const { failed: found } = reportOf(
    event(1, { ...failed, action: "pulling" }),
    event(2, { ...failed, action: "stopping" }),
    event(3, { ...failed, action: "pulling" }),
  );
  assertEquals(found.map(({ action, count }) => [action, count]), [["pulling", 2], ["stopping", 1]]);
});
