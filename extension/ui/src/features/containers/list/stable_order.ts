/** Pure: an order that does not change under the pointer. */
import type { ContainerRow } from "../model/container_row.ts";

/** Time between two changes of the order, ms. */
export const REORDER_MS = 5000;

/** The last order, which later snapshots keep for a while. */
export interface KeptOrder {
  /** Rank of each row by its key. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Identity of the sort key and direction. */
  readonly sort: string;
  /** Time of the order, epoch ms. */
  readonly at: number;
}

/** Input of {@linkcode mayReorder}. */
export interface OrderRequest {
  readonly rows: readonly Pick<ContainerRow, "key">[];
  readonly sort: string;
  /** Epoch ms. */
  readonly now: number;
  /** True while the pointer or the focus is in a row. */
  readonly inUse: boolean;
}

/** Returns true when rows may take other places: after some seconds or for new rows, and not while one is in use. */
export function mayReorder(kept: KeptOrder | undefined, { rows, sort, now, inUse }: OrderRequest): boolean {
  if (kept === undefined || kept.sort !== sort) return true;
  if (inUse) return false;
  return now - kept.at >= REORDER_MS || rows.some(({ key }) => !kept.ranks.has(key));
}

/** Returns the order of rows from top to bottom as ranks. */
export function keepOrder(rows: readonly Pick<ContainerRow, "key">[], sort: string, at: number): KeptOrder {
  return { ranks: new Map(rows.map(({ key }, rank) => [key, rank])), sort, at };
}

/** Returns the rank of a row; new rows come last. */
export function rankOf({ ranks }: KeptOrder, { key }: Pick<ContainerRow, "key">): number {
  return ranks.get(key) ?? ranks.size;
}
