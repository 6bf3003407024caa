/** Stored preferences for the table of containers. */
import { useStoredState } from "../../../lib/use_stored_state.ts";
import { CPU_SCALES, type CpuScale } from "./arrange.ts";
import { COLUMN_IDS, type ColumnId } from "./column_ids.ts";
import { COLUMNS } from "./columns.ts";

/** Sort order of the table. */
export interface Order {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** Preferences for the table. */
export interface Preferences {
  readonly columns: readonly ColumnId[];
  readonly order: Order;
  readonly grouped: boolean;
  readonly scale: CpuScale;
  readonly compact: boolean;
}

const INITIAL: Preferences = {
  columns: COLUMN_IDS.filter((id) => id !== "host"),
  order: { column: "name", descending: false },
  grouped: true,
  scale: "core",
  compact: false,
};

/** Returns the preferences, and a function that changes some of them. */
export function usePreferences(): readonly [Preferences, (changed: Partial<Preferences>) => void] {
  const [stored, store] = useStoredState("containers", INITIAL, isPreferences);
  // Earlier versions did not store the density.
  const preferences = { ...INITIAL, ...stored };
  return [preferences, (changed) => store({ ...preferences, ...changed })];
}

/** Returns the order after a click on a heading; numeric columns start descending. */
export function nextOrder({ column, descending }: Order, clicked: ColumnId): Order {
  return { column: clicked, descending: clicked === column ? !descending : COLUMNS[clicked].numeric };
}

function isColumn(value: unknown): value is ColumnId {
  return COLUMN_IDS.some((id) => id === value);
}

function isPreferences(value: unknown): value is Preferences {
  const { columns, order, grouped, scale, compact } = (value ?? {}) as Partial<Preferences>;
  return Array.isArray(columns) && columns.includes("name") && columns.every(isColumn) &&
    new Set(columns).size === columns.length &&
    isColumn(order?.column) &&
    typeof order.descending === "boolean" && typeof grouped === "boolean" &&
    (compact === undefined || typeof compact === "boolean") &&
    CPU_SCALES.some((one) => one === scale);
}
