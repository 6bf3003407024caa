/** Pure: time ranges of the charts, and their form in the address. */

/** Ranges by their name in the address, shortest first; ms. */
export const RANGES = {
  "1m": 60_000,
  "10m": 600_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
} as const;
/** Name of a range. */
export type RangeName = keyof typeof RANGES;
/** Names of the ranges, in display order. */
export const RANGE_NAMES = Object.keys(RANGES) as readonly RangeName[];
/** Range of a chart that was not changed. */
export const DEFAULT_RANGE: RangeName = "10m";

/** A fixed span of time, epoch ms. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** Time that the charts show: a range that ends now, or a fixed span in it. */
export interface ChartRange {
  readonly name: RangeName;
  readonly zoom: Zoom | undefined;
}

/** Shortest zoom, ms. */
const MIN_ZOOM_MS = 1000;

/** Reads the range from the state of the view; anything invalid is ignored. */
export function parseRange(query: URLSearchParams): ChartRange {
  const name = RANGE_NAMES.find((one) => one === query.get("range")) ?? DEFAULT_RANGE;
  const [from, to] = [momentOf(query.get("from")), momentOf(query.get("to"))];
  const isValid = from !== undefined && to !== undefined && to - from >= MIN_ZOOM_MS;
  return { name, zoom: isValid ? { from, to } : undefined };
}

/** Returns the changes of the view's state for a range without a zoom. */
export function rangeQuery(name: RangeName): Readonly<Record<string, string | null>> {
  return { range: name === DEFAULT_RANGE ? null : name, from: null, to: null };
}

/** Returns the changes of the view's state for a zoom; `undefined` when it is too short. */
export function zoomQuery({ from, to }: Zoom): Readonly<Record<string, string>> | undefined {
  if (!(to - from >= MIN_ZOOM_MS)) return undefined;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Returns the shown span; without a zoom it ends now. */
export function spanOf({ name, zoom }: ChartRange, now: number): Zoom {
  return zoom ?? { from: now - RANGES[name], to: now };
}

/** Returns a span around a moment, shorter or longer by a factor. */
export function scaled({ from, to }: Zoom, around: number, factor: number): Zoom {
  const clamped = Math.min(Math.max(around, from), to);
  return { from: clamped - (clamped - from) * factor, to: clamped + (to - clamped) * factor };
}

function momentOf(text: string | null): number | undefined {
  const moment = Date.parse(text ?? "");
  return Number.isNaN(moment) ? undefined : moment;
}
