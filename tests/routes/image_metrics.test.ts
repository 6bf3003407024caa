import { assertEquals } from "../assert.ts";
import type { ImageUpdate } from "../../server/protocol/images/updates.ts";
import { imageMetrics } from "../../server/routes/image_metrics.ts";

function update(
  state: ImageUpdate["state"],
  container: Partial<ImageUpdate["containers"][number]> = {},
): ImageUpdate {
  const labels = { stackId: null, policy: null, previousDigest: null, undone: null } as const;
  return {
    ...{ hostId: "nas", image: "nginx:1", state, reason: null, since: null, checkedAt: null },
    ...{ digest: null, newestDigest: null, newerTag: null, sourceUrl: null },
    containers: [{ id: "a", name: "web", project: "shop", service: "web", ...labels, ...container }],
  };
}

const SERIES = '{host="nas",name="web",project="shop",service="web"}';

Deno.test("a container with a newer image has the value 1, a current one 0", () => {
  assertEquals(imageMetrics([update("newer")]).samples, [[SERIES, 1]]);
  assertEquals(imageMetrics([update("current")]).samples, [[SERIES, 0]]);
});

Deno.test("images that were not compared have no series", () => {
  assertEquals(imageMetrics([update("unknown"), update("not_applicable")]).samples, []);
});

Deno.test("a service with the policy ignore has no series", () => {
  assertEquals(imageMetrics([update("newer", { policy: "ignore" })]).samples, []);
});

Deno.test("labels are cut, and names that are alike afterwards share a series", () => {
  const [one, other] = ["a", "b"].map((end) => update("newer", { name: "x".repeat(200) + end }));
  assertEquals(imageMetrics([one!, other!]).samples.length, 1);
});

Deno.test("many containers keep the newer images", () => {
  const many = Array.from({ length: 3000 }, (_, index) => update("current", { name: `web-${index}` }));
  const { samples } = imageMetrics([...many, update("newer", { name: "last" })]);
  assertEquals([samples.length, samples[0]?.[1]], [2000, 1]);
});

Deno.test("names with the same bytes share a series", () => {
  const [one, other] = ["\ud800", "\udc00"].map((end) => update("newer", { name: `a${end}` }));
  assertEquals(imageMetrics([one!, other!]).samples.length, 1);
});
