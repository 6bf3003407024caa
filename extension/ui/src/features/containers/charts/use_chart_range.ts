import { useCallback, useMemo } from "react";
import { useQuery } from "../../../lib/route.ts";
import {
  type ChartRange,
  parseRange,
  type RangeName,
  rangeQuery,
  type Zoom,
  zoomQuery,
} from "./data/ranges.ts";

/** The range in the address, and its changes. */
export interface ChartRangeState {
  readonly range: ChartRange;
  readonly setRange: (name: RangeName) => void;
  /** Shows a fixed span, or the range again. */
  readonly setZoom: (zoom: Zoom | undefined) => void;
}

/** Returns the range of the charts, which the address holds so that it can be shared. */
export function useChartRange(): ChartRangeState {
  const [query, change] = useQuery();
  const range = useMemo(() => parseRange(query), [query]);
  const setRange = useCallback((name: RangeName) => change(rangeQuery(name)), [change]);
  const setZoom = useCallback((zoom: Zoom | undefined) => {
    const changes = zoom === undefined ? { from: null, to: null } : zoomQuery(zoom);
    if (changes !== undefined) change(changes);
  }, [change]);
  return { range, setRange, setZoom };
}
