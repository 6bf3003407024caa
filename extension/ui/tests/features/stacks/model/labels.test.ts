import { FILE_TAB_LABELS } from "../../../../src/features/stacks/model/plan/labels_files.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  failureTitle,
  operationLabel,
  stackMark,
  STEP_TONES,
} from "../../../../src/features/stacks/model/labels.ts";
import { operation } from "../../../fakes/messages.ts";

Deno.test("titles only operations that failed or were interrupted", () => {
  const titles = (["queued", "running", "succeeded", "failed", "cancelled", "interrupted"] as const)
    .map((state) => failureTitle(operation({ state })));
  assertEquals(titles, [
    undefined,
    undefined,
    undefined,
    "Deploy failed",
    undefined,
    "Deploy interrupted",
  ]);
});

Deno.test("names the service or container that an operation is about", () => {
  const labels = (["stack", "service", "container"] as const).map((kind) =>
    operationLabel(operation({ action: "restarting", target: { kind, name: "web", id: null } }))
  );
  assertEquals(labels, ["Restart", "Restart web", "Restart web"]);
});

Deno.test("describes a stack by its containers", () => {
  const marks = (["running", "never_deployed", "degraded", "unknown"] as const).map((status) =>
    stackMark({ status })
  );
  assertEquals(marks.map(({ word, tone }) => `${word}, ${tone}`), [
    "Running, good",
    "Not deployed, quiet",
    "Degraded, bad",
    "Unknown, quiet",
  ]);
});

Deno.test("shows unfinished resources as failed after a failure, not after a cancel", () => {
  assertEquals([STEP_TONES.failed, STEP_TONES.unfinished], ["bad", "quiet"]);
});

Deno.test("counts one hidden file in the singular", () => {
  assertEquals([1, 2].map(FILE_TAB_LABELS.more), ["1 more file", "2 more files"]);
});
