/** Pure: operations that have ended since the page was opened. */
import type { Operation } from "../../../../../../server/protocol/operations.ts";

/** Largest number of operations that wait to be seen; the oldest are dropped. */
const MOST_FINISHED = 4;

/** Returns true while an operation has not ended. */
export function isOpen({ state }: Operation): boolean {
  return state === "queued" || state === "running";
}

/**
 * Returns the operations that have ended since an earlier answer, oldest first.
 *
 * @param older The earlier answer; `undefined` before the first one, which only shows the past.
 */
export function newlyFinished(
  older: readonly Operation[] | undefined,
  newer: readonly Operation[],
): readonly Operation[] {
  if (older === undefined) return [];
  const known = new Map(older.map((operation) => [operation.operation_id, operation]));
  const newest = Math.max(0, ...known.keys());
  return newer.filter((operation) => {
    const before = known.get(operation.operation_id);
    const isNew = before === undefined ? operation.operation_id > newest : isOpen(before);
    return isNew && !isOpen(operation);
  }).toSorted((one, other) => one.operation_id - other.operation_id);
}

/** Adds operations to those that wait to be seen. */
export function withFinished(
  waiting: readonly Operation[],
  finished: readonly Operation[],
): readonly Operation[] {
  return finished.length === 0 ? waiting : [...waiting, ...finished].slice(-MOST_FINISHED);
}
