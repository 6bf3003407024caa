import { assertEquals } from "../../../../tests/assert.ts";
import type { ImageUpdate } from "../../../../server/protocol/images/updates.ts";
import { imageKey, newerKeys } from "../../src/components/newer_images.ts";

function keys(
  state: ImageUpdate["state"],
  changes: Partial<ImageUpdate["containers"][number]> = {},
): readonly string[] {
  const stack = { stackId: null, policy: null, previousDigest: null, undone: null } as const;
  const container = { id: "a", name: "web", project: "shop", service: "web", ...stack, ...changes };
  const update: ImageUpdate = {
    ...{ hostId: "nas", image: "nginx:1", state, reason: null, since: null, checkedAt: null },
    ...{ digest: null, newestDigest: null, newerTag: null, sourceUrl: null },
    containers: [container],
  };
  return [...newerKeys({ checking: false, updates: [update] })];
}

const CONTAINER = imageKey("nas", "a");

Deno.test("a newer image marks its container, its stack and its service", () => {
  const stack = [imageKey("nas", "project", "shop"), imageKey("nas", "project", "shop", "web")];
  assertEquals(keys("newer"), [CONTAINER, ...stack]);
});

Deno.test("a container without a project is marked alone", () => {
  assertEquals(keys("newer", { project: null, service: null }), [CONTAINER]);
});

Deno.test("nothing is marked for a current image or the policy ignore", () => {
  assertEquals([keys("current"), keys("newer", { policy: "ignore" })], [[], []]);
});
