/** What somebody has chosen for the table, and what is remembered of it. */
import { useRemembered } from "../../../lib/remembered.ts";
import { CPU_SCALES, type CpuScale } from "./arrange.ts";
import { COLUMN_IDS, type ColumnId, COLUMNS } from "./columns.ts";

/** By which column the table is ordered. */
export interface Order {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** Everything that is chosen and remembered. */
export interface Preferences {
  readonly columns: readonly ColumnId[];
  readonly order: Order;
  readonly grouped: boolean;
  readonly scale: CpuScale;
}

const INITIAL: Preferences = {
  columns: COLUMN_IDS.filter((id) => id !== "host"),
  order: { column: "name", descending: false },
  grouped: true,
  scale: "core",
};

/** The preferences, and what changes some of them. */
export function usePreferences(): readonly [Preferences, (changed: Partial<Preferences>) => void] {
  const [kept, keep] = useRemembered("containers", INITIAL, isPreferences);
  return [kept, (changed) => keep({ ...kept, ...changed })];
}

/** The order after a click on a column's heading: numbers begin with the largest. */
export function nextOrder({ column, descending }: Order, clicked: ColumnId): Order {
  return { column: clicked, descending: clicked === column ? !descending : COLUMNS[clicked].numeric };
}

function isColumn(value: unknown): value is ColumnId {
  return COLUMN_IDS.some((id) => id === value);
}

function isPreferences(value: unknown): value is Preferences {
  const { columns, order, grouped, scale } = (value ?? {}) as Partial<Preferences>;
  return Array.isArray(columns) && columns.includes("name") && columns.every(isColumn) &&
    new Set(columns).size === columns.length &&
    isColumn(order?.column) &&
    typeof order.descending === "boolean" && typeof grouped === "boolean" &&
    CPU_SCALES.some((one) => one === scale);
}
