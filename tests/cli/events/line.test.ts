import { auditLine, eventLine } from "../../../server/cli/events/line.ts";
import type { TimelineEvent } from "../../../server/protocol/past/timeline.ts";
import { assertEquals } from "../../assert.ts";

const EVENT: TimelineEvent = {
  ...{ id: 7, timestamp: "2026-08-01T12:00:00.000Z", hostId: "nas", kind: "start", containerId: null },
  ...{ name: "web", project: null, stack_id: null, service: null, exitCode: null, state: null },
  ...{ action: null, operation_id: null, message: null, late: false, count: 1, hasLog: false },
};

const LINES: readonly (readonly [Partial<TimelineEvent>, string])[] = [
  [{}, "nas/web  started"],
  [{ kind: "restart", count: 7 }, "nas/web  restarted (7 times)"],
  [{ kind: "exit", exitCode: 137 }, "nas/web  exited with code 137"],
  [{ kind: "exit", late: true }, "nas/web  exited (noticed late)"],
  [
    { kind: "health", state: "unhealthy", message: "no\n\x1b[2Janswer\n" },
    "nas/web  unhealthy: no  [2Janswer",
  ],
  [{ kind: "health", state: "unhealthy", message: "\n" }, "nas/web  unhealthy"],
  [{ kind: "deploy", action: "deploying", state: "failed", message: "x" }, "nas/web  deploying failed: x"],
  [{ kind: "remove", hasLog: true }, "nas/web  removed (log kept: event 7)"],
  [{ kind: "outage", name: null, message: "refused" }, "nas  host cannot be read: refused"],
];

for (const [changes, expected] of LINES) {
  Deno.test(`an event is printed as "${expected}"`, () => {
    const line = eventLine({ ...EVENT, ...changes });
    assertEquals(line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/, ""), expected);
  });
}

Deno.test("an entry of the audit journal is printed with address and session", () => {
  const entry = {
    id: 1,
    timestamp: "2026-08-01T12:00:00.000Z",
    action: "sign-in",
    target: "/sessions",
  } as const;
  const line = auditLine({ ...entry, status: 401, actor: "none", address: "10.0.0.5" });
  assertEquals(line.slice(21), "10.0.0.5  none  sign-in /sessions (refused)");
});
