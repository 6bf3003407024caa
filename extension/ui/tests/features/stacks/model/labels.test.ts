import { assertEquals } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackService } from "../../../../../../server/protocol/stacks.ts";
import type { StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import {
  complaintOf,
  operationSpan,
  stackMark,
  STEP_TONES,
} from "../../../../src/features/stacks/model/labels.ts";
import { nameMistake } from "../../../../src/features/stacks/editor/stack_name.ts";

const OPERATION: Operation = {
  operation_id: 1,
  stack_id: 12,
  project: "web",
  hostId: "Localhost",
  action: "deploying",
  state: "running",
  created_at: "2026-08-01T12:00:00.000Z",
  started_at: "2026-08-01T12:00:01.000Z",
  ended_at: null,
  exit_code: null,
  error: null,
};
const now = Date.parse("2026-08-01T12:00:09.000Z");

Deno.test("an operation takes from its start to its end, or until now", () => {
  assertEquals(operationSpan(OPERATION, now), 8000);
  assertEquals(operationSpan({ ...OPERATION, ended_at: "2026-08-01T12:00:03.000Z" }, now), 2000);
  assertEquals(operationSpan({ ...OPERATION, started_at: null }, now), undefined);
});

Deno.test("a clock that is ahead of the server's makes nothing negative", () => {
  assertEquals(operationSpan(OPERATION, Date.parse("2026-08-01T11:00:00.000Z")), 0);
});

Deno.test("only what has gone wrong is complained of", () => {
  const complaints = (["queued", "running", "succeeded", "failed", "cancelled", "interrupted"] as const)
    .map((state) => complaintOf({ ...OPERATION, state }));
  assertEquals(complaints, [
    undefined,
    undefined,
    undefined,
    "Deploy failed",
    undefined,
    "Deploy interrupted",
  ]);
});

Deno.test("a stack whose containers were made and never ran has not ended", () => {
  const services = (...states: (string | null)[]) =>
    states.map((state): StackService => ({
      name: "web",
      state,
      health: null,
      exitCode: null,
      containerId: null,
    }));
  const word = (status: StackStatus, ...states: (string | null)[]) =>
    stackMark({ status, services: services(...states) }, true).word;
  assertEquals(word("exited", "created", null), "Not started");
  assertEquals(word("pending", "created"), "Not started");
  assertEquals(word("exited", "created", "exited"), "Exited");
  assertEquals(word("pending", null), "Not deployed");
  assertEquals(word("stopped", "created"), "Stopped");
});

Deno.test("what a failure has left undone looks failed, what a cancel has does not", () => {
  assertEquals([STEP_TONES.failed, STEP_TONES.unfinished], ["bad", "quiet"]);
});

Deno.test("a name that the server would refuse is told before it is sent", () => {
  assertEquals(["web", "a", "0_-", "a".repeat(63)].map(nameMistake), Array(4).fill(undefined));
  for (const name of ["", "Web", "-a", "a b", "a".repeat(64)]) {
    assertEquals(typeof nameMistake(name), "string", name);
  }
});
