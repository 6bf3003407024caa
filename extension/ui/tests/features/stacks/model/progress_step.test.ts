import { readStep } from "../../../../src/features/stacks/model/progress_step.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const CASES: readonly (readonly [message: string, resource: string, word: string, state: string])[] = [
  ["Creating network web_default", "network web_default", "Creating", "working"],
  ["Created network web_default", "network web_default", "Created", "done"],
  ["Started container web-a-1", "container web-a-1", "Started", "done"],
  ["Waiting container web-a-1", "container web-a-1", "Waiting", "working"],
  ["Pulling web", "web", "Pulling", "working"],
  ["Pulled web", "web", "Pulled", "done"],
  ["Pulling image nginx:1.29", "nginx:1.29", "Pulling", "working"],
  ["Pulled image 127.0.0.1:5000/nginx:1.29", "127.0.0.1:5000/nginx:1.29", "Pulled", "done"],
  ["web: no such host", "web", "no such host", "error"],
  ["web: Interrupted", "web", "Interrupted", "error"],
  ["Error web", "web", "Error", "error"],
  [
    "web: Skipped - Image is already present locally",
    "web",
    "Skipped - Image is already present locally",
    "done",
  ],
  [
    "network web_default: Resource is still in use",
    "network web_default",
    "Resource is still in use",
    "warning",
  ],
  ['container web-b-1: service "b" exit 3', "container web-b-1", 'service "b" exit 3', "error"],
  ["container web-1: port: taken", "container web-1", "port: taken", "error"],
  ["7db2133dafb9: Verifying Checksum", "7db2133dafb9", "Verifying Checksum", "working"],
];

for (const [message, resource, word, state] of CASES) {
  Deno.test(`"${message}" is about ${resource}`, () => {
    assertEquals(readStep(message), { resource, word, state, percent: undefined } as never);
  });
}

Deno.test("how far a pull has come is about the same resource as its beginning and its end", () => {
  assertEquals(readStep("Pulling nginx:1.29: 40 %"), {
    resource: "nginx:1.29",
    word: "Pulling",
    state: "working",
    percent: 40,
  });
});

Deno.test("what is about no resource is no step", () => {
  assertEquals(readStep("Waiting for one of 4 other operations to end"), undefined);
  assertEquals(readStep("something else"), undefined);
});
