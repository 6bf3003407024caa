/** Pure: order and summary of newer images. */
import type { ImageUpdate, UpdateState } from "../../../../../server/protocol/images/updates.ts";

const ORDER: readonly UpdateState[] = ["newer", "unknown", "current", "not_applicable"];

/** Sorts images: updates, then newer versions, then those without an answer. */
export function sortUpdates(updates: readonly ImageUpdate[]): readonly ImageUpdate[] {
  const rank = ({ state, newerTag }: ImageUpdate) =>
    state === "current" && newerTag !== null ? 0.5 : ORDER.indexOf(state);
  return updates.toSorted((one, other) =>
    rank(one) - rank(other) || one.image.localeCompare(other.image) || one.hostId.localeCompare(other.hostId)
  );
}

/** Returns the number of images whose tag names a newer one. */
export function countNewer(updates: readonly ImageUpdate[]): number {
  return updates.filter(({ state }) => state === "newer").length;
}

/** A service of a stack that uses an image. */
export interface ServiceUpdate {
  readonly stackId: number;
  readonly service: string;
  /** Name with its stack, such as "shop/web". */
  readonly name: string;
  readonly previousDigest: string | null;
  readonly undone: string | null;
}

/** Returns the services of stacks that use an image, each once. */
export function serviceUpdates({ containers }: ImageUpdate): readonly ServiceUpdate[] {
  const found = new Map<string, ServiceUpdate>();
  for (const { stackId, project, service, previousDigest, undone } of containers) {
    if (stackId === null || service === null) continue;
    const name = `${project}/${service}`;
    found.set(`${stackId} ${service}`, { stackId, service, name, previousDigest, undone });
  }
  return [...found.values()];
}
