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
