import {
  plannedImages,
  pullsOnUpdate,
  type ServiceImage,
} from "../../../server/stacks/changes/planned_images.ts";
import { assertEquals } from "../../assert.ts";

function used(changes: Partial<ServiceImage>): ServiceImage {
  return {
    ...{ service: "web", image: "nginx:1", builds: false, isStale: false, pullPolicy: "", exists: true },
    ...changes,
  };
}

for (
  const [what, changes, action] of [
    ["exists", {}, "keep"],
    ["is missing", { exists: false }, "pull"],
    ["is missing and never pulled", { exists: false, pullPolicy: "never" }, "missing"],
    ["is always pulled", { pullPolicy: "always" }, "pull"],
    ["is built, and its build has changed", { builds: true, isStale: true }, "build"],
    ["is built and exists", { builds: true }, "keep"],
    ["is built and missing", { builds: true, exists: false }, "build"],
    ["is always built", { builds: true, pullPolicy: "build" }, "build"],
  ] as const
) {
  Deno.test(`the action for an image that ${what} is ${action}`, () => {
    assertEquals(plannedImages([used(changes)]), [{ image: "nginx:1", action, services: ["web"] }]);
  });
}

Deno.test("services that share an image are listed together", () => {
  const all = [
    used({ service: "web" }),
    used({ service: "api", pullPolicy: "always" }),
    used({ image: "a:1" }),
  ];
  assertEquals(plannedImages(all), [
    { image: "a:1", action: "keep", services: ["web"] },
    { image: "nginx:1", action: "pull", services: ["api", "web"] },
  ]);
});

for (
  const [what, changes, isPulled] of [
    ["with the default policy", {}, true],
    ["that is pinned to a digest and is there", { image: "web@sha256:1" }, false],
    ["that is pinned to a digest and is missing", { image: "web@sha256:1", exists: false }, true],
    ["that is built", { builds: true }, false],
    ["with the policy never", { pullPolicy: "never" }, false],
    ["with the policy build", { pullPolicy: "build" }, false],
    ["with the policy missing, and that is there", { pullPolicy: "missing" }, false],
    ["with the policy if_not_present, and that is missing", {
      pullPolicy: "if_not_present",
      exists: false,
    }, true],
  ] as const
) {
  Deno.test(`an update ${isPulled ? "pulls" : "does not pull"} an image ${what}`, () => {
    const image = { image: "web:1", builds: false, pullPolicy: "", exists: true };
    assertEquals(pullsOnUpdate({ ...image, ...changes }), isPulled);
  });
}
