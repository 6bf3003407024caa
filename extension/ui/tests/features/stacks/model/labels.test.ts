import { assertEquals } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackService } from "../../../../../../server/protocol/stacks.ts";
import type { StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import { failureTitle, stackMark, STEP_TONES } from "../../../../src/features/stacks/model/labels.ts";

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

Deno.test("titles only operations that failed or were interrupted", () => {
  const titles = (["queued", "running", "succeeded", "failed", "cancelled", "interrupted"] as const)
    .map((state) => failureTitle({ ...OPERATION, state }));
  assertEquals(titles, [
    undefined,
    undefined,
    undefined,
    "Deploy failed",
    undefined,
    "Deploy interrupted",
  ]);
});

Deno.test("shows that containers were created but never started", () => {
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

Deno.test("shows unfinished resources as failed after a failure, not after a cancel", () => {
  assertEquals([STEP_TONES.failed, STEP_TONES.unfinished], ["bad", "quiet"]);
});
