import { type ProgressData, toStep } from "../../../../src/features/stacks/model/progress_step.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

function data(step: Partial<ProgressData>): ProgressData {
  return {
    ...{ stack_id: 12, host_id: "Localhost", project: "shop", operation_id: 1, target: null },
    ...{ action: "deploying", message: "", timestamp: "2026-08-01T12:00:00.000Z" },
    ...{ resource: null, state: "working", verb: null, percent: null, current: null, total: null },
    ...step,
  };
}

const LABELS = [
  [{ kind: "network", name: "web_default", parent: null }, "network web_default"],
  [{ kind: "container", name: "web-1", parent: null }, "container web-1"],
  [{ kind: "service", name: "web", parent: null }, "web"],
  [{ kind: "image", name: "nginx:1.29", parent: null }, "nginx:1.29"],
  [{ kind: "layer", name: "7db2133dafb9", parent: "web" }, "layer 7db2133dafb9"],
  [{ kind: "step", name: "[2/4] COPY . /", parent: null }, "[2/4] COPY . /"],
] as const;

for (const [resource, label] of LABELS) {
  Deno.test(`labels the ${resource.kind} ${resource.name} "${label}"`, () => {
    assertEquals(toStep(data({ resource, verb: "Creating" }))?.label, label);
  });
}

Deno.test("shows the verb of a step, and the message of an error or a warning without the label", () => {
  const resource = LABELS[1][0];
  const message = "container web-1: exec: not found";
  const shown = (["working", "done", "warning", "error"] as const).map((state) =>
    toStep(data({ resource, state, verb: "Starting", message }))?.text
  );
  assertEquals(shown, ["Starting", "Starting", "exec: not found", "exec: not found"]);
});

Deno.test("an event about the whole operation is not a step", () => {
  assertEquals(toStep(data({ message: "Waiting for one of 4 other operations to end" })), undefined);
});
