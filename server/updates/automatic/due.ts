/** Pure: selects the services that are updated automatically. */
import type { ImageUpdate } from "../../protocol/images/updates.ts";
import { parseReference } from "../../registry/reference.ts";
import { nameOf } from "../compare.ts";
import type { FindManaged, ManagedService } from "../managed_services.ts";

/** A service whose image is updated. */
export interface DueService {
  readonly stackId: number;
  readonly service: string;
  readonly image: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Returns the services with the policy "nightly" whose newer image is old enough, each once. An image that was undone is
 * not due, and neither is one of a container that only claims to belong to the service.
 *
 * @param now Epoch ms.
 */
export function dueServices(updates: readonly ImageUpdate[], find: FindManaged, now: number): DueService[] {
  const due = new Map<string, DueService>();
  for (const { hostId, image, state, since, digest: before, newestDigest: after, containers } of updates) {
    if (state !== "newer" || before === null || after === null || since === null) continue;
    for (const { project, service } of containers) {
      const managed = find(hostId, project, service);
      if (service === null || managed?.policy !== "nightly" || !isSame(managed.image, image)) continue;
      if (now - Date.parse(since) < managed.minAgeMs || wasUndone(managed, after)) continue;
      const found = { stackId: managed.stackId, service, image, before, after };
      due.set(keyOf(found), found);
    }
  }
  return [...due.values()];
}

/** Returns a text that differs for all services of all stacks. */
export function keyOf({ stackId, service }: Pick<DueService, "stackId" | "service">): string {
  return `${stackId} ${service}`;
}

/** Compares names of images: "nginx:1" is "docker.io/library/nginx:1". */
function isSame(one: string | null, other: string): boolean {
  const [first, second] = [parseReference(one ?? ""), parseReference(other)];
  return first !== undefined && second !== undefined && nameOf(first) === nameOf(second);
}

function wasUndone({ updates }: ManagedService, digest: string): boolean {
  return updates.some(({ state, after }) => after === digest && state !== "done");
}
