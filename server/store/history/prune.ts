/** Removal of history that is too old or too large, in small steps. */
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../database.ts";
import { TIERS } from "./tiers.ts";

/** Bounds of the history. */
export interface HistoryBounds {
  /** Age up to which it is kept, ms. */
  readonly keepMs: number;
  /** Size of the database, bytes. */
  readonly bytes: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Most blocks of a resolution that one step removes. */
  readonly step: number;
}

/** Bounds besides the age. */
export const HISTORY_BOUNDS: Omit<HistoryBounds, "keepMs"> = {
  bytes: 512 * 1024 ** 2,
  blocks: 100_000,
  step: 200,
};

/** Pages that one step gives back to the file system. */
const VACUUM_PAGES = 256;

/**
 * Removes a few blocks that are too old, or beyond the bounds.
 *
 * @param now Time of the retention clock, epoch ms.
 * @returns whether more may be left.
 */
export function pruneHistory(database: DatabaseSync, bounds: HistoryBounds, now: number): boolean {
  return transaction(database, () => {
    const old = TIERS.map((_, tier) => removeOld(database, tier, bounds, now));
    const surplus = isTooLarge(database, bounds) ? removeSurplus(database, bounds, now) : 0;
    // The pragma gives back one page per row that is read.
    database.prepare(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`).all();
    return surplus > 0 || old.some((removed) => removed >= bounds.step);
  });
}

function removeOld(
  database: DatabaseSync,
  tier: number,
  { keepMs, step }: HistoryBounds,
  now: number,
): number {
  const { keepMs: tierMs, blockMs } = TIERS[tier]!;
  const { changes } = database.prepare(
    "DELETE FROM blocks WHERE rowid IN (SELECT rowid FROM blocks WHERE tier = ? AND start < ? ORDER BY start LIMIT ?)",
  ).run(tier, now - Math.min(tierMs, keepMs) - blockMs, step);
  return Number(changes);
}

/** Removes the blocks that have used most of their time. */
function removeSurplus(database: DatabaseSync, { keepMs, step }: HistoryBounds, now: number): number {
  const age = TIERS.map((tier, index) =>
    `WHEN ${index} THEN (? - start) / ${Math.min(tier.keepMs, keepMs)}.0`
  );
  const { changes } = database.prepare(
    "DELETE FROM blocks WHERE rowid IN (SELECT rowid FROM blocks " +
      `ORDER BY CASE tier ${age.join(" ")} END DESC LIMIT ?)`,
  ).run(...TIERS.map(() => now), step);
  return Number(changes);
}

function isTooLarge(database: DatabaseSync, { bytes, blocks }: HistoryBounds): boolean {
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const pages = number("PRAGMA page_count") - number("PRAGMA freelist_count");
  return pages * number("PRAGMA page_size") > bytes || number("SELECT count(*) FROM blocks") > blocks;
}
