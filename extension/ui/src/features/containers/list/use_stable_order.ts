import { type RefObject, useMemo, useRef } from "react";
import { sortRows, type SortValue } from "../model/arrange.ts";
import { COLUMNS } from "../model/columns.ts";
import type { ContainerRow } from "../model/container_row.ts";
import type { Order } from "../model/preferences.ts";
import { keepOrder, type KeptOrder, mayReorder, rankOf } from "./stable_order.ts";

/**
 * Returns a sort key that keeps the order while the table is in use, and for some seconds otherwise.
 *
 * @param inUse True while the pointer or the focus is in a row.
 * @param now Time of the snapshot, epoch ms.
 */
export function useStableOrder(
  rows: readonly ContainerRow[],
  { column, descending }: Order,
  inUse: RefObject<boolean>,
  now: number,
): (row: ContainerRow) => SortValue {
  const kept = useRef<KeptOrder>();
  return useMemo(() => {
    const sort = `${column} ${descending}`;
    if (mayReorder(kept.current, { rows, sort, now, inUse: inUse.current === true })) {
      const sorted = sortRows(rows, { sortBy: COLUMNS[column].sortBy, descending });
      kept.current = keepOrder(sorted, sort, now);
    }
    const order = kept.current!;
    return (row) => rankOf(order, row);
  }, [rows, column, descending, inUse, now]);
}
