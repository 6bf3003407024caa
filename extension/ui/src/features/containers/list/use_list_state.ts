import { useCallback, useMemo } from "react";
import { useQuery } from "../../../lib/route.ts";
import { STATE_FILTERS, type StateFilter } from "../model/arrange.ts";
import { COLUMN_IDS, type ColumnId } from "../model/column_ids.ts";
import type { Order } from "../model/preferences.ts";

/** Filters of the list. */
export interface Filters {
  readonly search: string;
  readonly state: StateFilter;
  /** `null` for all hosts. */
  readonly host: string | null;
  /** Label of the hosts as `name=value`; `null` for all. */
  readonly label: string | null;
}

/** State of the list in the address. */
export interface ListState {
  readonly filters: Filters;
  /** Order in the address; `undefined` for the stored one. */
  readonly order: Order | undefined;
  /** Keys of the collapsed groups. */
  readonly folded: ReadonlySet<string>;
  readonly setFilters: (changed: Partial<Filters>) => void;
  readonly setOrder: (order: Order) => void;
  readonly fold: (group: string) => void;
}

/** Returns the list's state in the address, such as `#/containers?q=web&state=running&sort=cpu.desc&fold=shop`. */
export function useListState(): ListState {
  const [query, change] = useQuery();
  const text = query.toString();
  const parsed = useMemo(() => parse(new URLSearchParams(text)), [text]);
  const { folded } = parsed;
  const setFilters = useCallback((changed: Partial<Filters>) => {
    change({
      ...changed.search !== undefined && { q: changed.search === "" ? null : changed.search },
      ...changed.state !== undefined && { state: changed.state === "all" ? null : changed.state },
      ...changed.host !== undefined && { host: changed.host },
      ...changed.label !== undefined && { label: changed.label },
    });
  }, [change]);
  const setOrder = useCallback(
    ({ column, descending }: Order) => change({ sort: `${column}.${descending ? "desc" : "asc"}` }),
    [change],
  );
  const fold = useCallback((group: string) => {
    const next = new Set(folded);
    if (!next.delete(group)) next.add(group);
    change({ fold: next.size === 0 ? null : [...next].map(encodeURIComponent).join(",") });
  }, [change, folded]);
  return { ...parsed, setFilters, setOrder, fold };
}

function parse(query: URLSearchParams): Pick<ListState, "filters" | "order" | "folded"> {
  const state = STATE_FILTERS.find((one) => one === query.get("state")) ?? "all";
  const [column, direction] = (query.get("sort") ?? "").split(".");
  return {
    filters: { search: query.get("q") ?? "", state, host: query.get("host"), label: query.get("label") },
    order: isColumn(column) ? { column, descending: direction === "desc" } : undefined,
    folded: new Set((query.get("fold") ?? "").split(",").filter((key) => key !== "").map(decoded)),
  };
}

function isColumn(value: string | undefined): value is ColumnId {
  return COLUMN_IDS.some((id) => id === value);
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    // An address that was edited by hand folds nothing.
    return key;
  }
}
