/** Pure: the selection in the dialog that removes what is not used. */
import type { PruneItem, PruneKind, PrunePreview } from "../../../../../server/protocol/resources/prune.ts";
import { CLEANUP_KINDS, type Selection } from "./requests.ts";

/** The items of one kind. */
export interface CleanupGroup {
  readonly kind: PruneKind;
  readonly items: readonly PruneItem[];
  /** Sum of the known sizes, bytes; `null` for networks, which have none. */
  readonly bytes: number | null;
}

/** Returns the key of an item in a selection. */
export function itemKey({ kind, id }: PruneItem): string {
  return `${kind} ${id}`;
}

/** Returns the groups that have items, in the order of their removal. */
export function groupsOf(items: readonly PruneItem[]): CleanupGroup[] {
  return CLEANUP_KINDS.map((kind) => {
    const own = items.filter((item) => item.kind === kind);
    return { kind, items: own, bytes: kind === "network" ? null : bytesOf(own) };
  }).filter((group) => group.items.length > 0);
}

/** Returns the first selection: everything but volumes, which hold data. */
export function firstSelection(items: readonly PruneItem[]): ReadonlySet<string> {
  return new Set(items.filter(({ kind }) => kind !== "volume").map(itemKey));
}

/** Adds or removes items. */
export function withItems(
  selected: ReadonlySet<string>,
  items: readonly PruneItem[],
  isOn: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const item of items) isOn ? next.add(itemKey(item)) : next.delete(itemKey(item));
  return next;
}

/** Returns the selected items. */
export function chosenOf(items: readonly PruneItem[], selected: ReadonlySet<string>): PruneItem[] {
  return items.filter((item) => selected.has(itemKey(item)));
}

/** Returns the sum of the known sizes, bytes. */
export function bytesOf(items: readonly PruneItem[]): number {
  return items.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}

/** Returns the request for a selection: volumes are named, and of the rest the items that stay. */
export function toSelection({ items, digest }: PrunePreview, selected: ReadonlySet<string>): Selection {
  const stays = items.filter((item) => item.kind !== "volume" && !selected.has(itemKey(item)));
  const volumes = chosenOf(items, selected).filter(({ kind }) => kind === "volume");
  return { digest, volumes: volumes.map(({ id }) => id), except: stays.map(({ id }) => id) };
}
