import { assertEquals } from "../../assert.ts";
import type { ImageUpdate } from "../../../server/protocol/images/updates.ts";
import type { ServiceUpdate } from "../../../server/store/images/service_updates.ts";
import { dueServices } from "../../../server/updates/automatic/due.ts";
import type { ManagedService } from "../../../server/updates/managed_services.ts";

const [OLD, NEW] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
const SINCE = "2026-08-01T00:00:00.000Z";
const NOW = Date.parse(SINCE) + 3_600_000;

function update(changes: Partial<ImageUpdate> = {}): ImageUpdate {
  const labels = { stackId: 1, policy: "nightly", previousDigest: null, undone: null } as const;
  return {
    ...{
      hostId: "Localhost",
      image: "nginx:1",
      state: "newer",
      reason: null,
      since: SINCE,
      checkedAt: SINCE,
    },
    ...{ digest: OLD, newestDigest: NEW, newerTag: null, sourceUrl: null },
    containers: [{ id: "a", name: "shop-web-1", project: "shop", service: "web", ...labels }],
    ...changes,
  };
}

function due(service: Partial<ManagedService> = {}, changes: Partial<ImageUpdate> = {}): string[] {
  const managed = {
    stackId: 1,
    image: "nginx:1",
    policy: "nightly",
    minAgeMs: 0,
    updates: [],
    ...service,
  } as const;
  return dueServices([update(changes)], () => managed, NOW).map(({ service }) => service);
}

const undone = (state: ServiceUpdate["state"]) => ({ updates: [{ after: NEW, state } as ServiceUpdate] });

const CASES: Readonly<Record<string, readonly [Partial<ManagedService>, Partial<ImageUpdate>, boolean]>> = {
  "a nightly service with a newer image is due": [{}, {}, true],
  "a service with the policy notify is not": [{ policy: "notify" }, {}, false],
  "a service with the policy ignore is not": [{ policy: "ignore" }, {}, false],
  "a current image is not": [{}, { state: "current" }, false],
  "an image whose check failed is not": [{}, { state: "unknown" }, false],
  "an image that is too young is not": [{ minAgeMs: 3_600_001 }, {}, false],
  "an image of the least age is": [{ minAgeMs: 3_600_000 }, {}, true],
  "an image that was undone is not": [undone("returned"), {}, false],
  "an image that could not be undone is not": [undone("kept"), {}, false],
  "an image that ran before is": [undone("done"), {}, true],
  "a service whose text names the image in full is": [{ image: "docker.io/library/nginx:1" }, {}, true],
  "a container with another image that claims the service is not": [{ image: "redis:7" }, {}, false],
};
for (const [name, [service, changes, isDue]] of Object.entries(CASES)) {
  Deno.test(name, () => assertEquals(due(service, changes), isDue ? ["web"] : []));
}

Deno.test("a container that belongs to no stack is never updated", () => {
  assertEquals(dueServices([update()], () => undefined, NOW), []);
});

Deno.test("a service with several containers is updated once", () => {
  const [one] = update().containers;
  assertEquals(due({}, { containers: [one!, { ...one!, id: "b" }] }), ["web"]);
});
