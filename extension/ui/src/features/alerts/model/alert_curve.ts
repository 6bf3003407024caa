/** Pure: the curve of an alert's value, from the history around its start. */
import type { Alert } from "../../../../../../server/protocol/alerts/alert.ts";
import type { KeptCurve } from "../../../../../../server/protocol/past/history.ts";
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";

/** One value; time in epoch ms. */
export type CurvePoint = readonly [at: number, value: number];

/** Metrics that have a color. */
export type CurveColor = "cpu" | "memory" | "network" | "disk";

/** A curve that is ready to be drawn. */
export interface AlertCurve {
  readonly label: string;
  readonly color: CurveColor;
  /** Lines without gaps, oldest first. */
  readonly runs: readonly (readonly CurvePoint[])[];
  readonly peak: number;
  /** The threshold in the unit of the values; `null` without one. */
  readonly limit: number | null;
  readonly format: (value: number) => string;
}

/** Time that a curve shows, epoch ms. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Time before and after the start that the history covers, and the shortest time before it that is shown, ms. */
const [AROUND_MS, SHORTEST_MS] = [1_800_000, 300_000];

/** Returns the time that the curve of an alert shows; it begins with the first value. */
export function spanOf({ runs }: AlertCurve, began: number, now: number): TimeSpan {
  const first = runs[0]?.[0]?.[0] ?? began;
  return {
    from: Math.max(began - AROUND_MS, Math.min(first, began - SHORTEST_MS)),
    to: Math.max(Math.min(began + AROUND_MS, now), began + 1000),
  };
}

/** Columns that are added up, and their name. */
interface Shown {
  readonly label: string;
  readonly color: CurveColor;
  readonly columns: readonly string[];
  readonly format: (value: number) => string;
  readonly hasLimit: boolean;
  /** Factor from the values of the history to those of the curve. */
  readonly scale?: number;
}

const NETWORK: Shown = {
  ...{ label: "Network", color: "network", format: formatRate, hasLimit: true },
  columns: ["networkRxBytesPerSecond", "networkTxBytesPerSecond"],
};

/** Returns the curve of an alert, or `undefined` if nothing was kept. */
export function curveOf(alert: Alert, series: readonly KeptCurve[]): AlertCurve | undefined {
  const kind = alert.containerId === null ? "host" : "container";
  const kept = series.find((one) => one.kind === kind);
  if (kept === undefined) return undefined;
  const shown = shownOf(alert, kind);
  const { scale = 1 } = shown;
  const points = pointsOf(kept, shown.columns).map(([at, value]) => [at, value * scale] as const);
  if (points.length === 0) return undefined;
  return {
    ...{ label: shown.label, color: shown.color, format: shown.format },
    limit: shown.hasLimit ? alert.limit : null,
    runs: runsOf(points, kept.resolutionMs),
    peak: points.reduce((peak, [, value]) => Math.max(peak, value), 0),
  };
}

function shownOf({ metric, memoryTotalBytes, unit }: Alert, kind: KeptCurve["kind"]): Shown {
  const isHost = kind === "host";
  if (metric === "network") return NETWORK;
  if (metric === "cpu") return percent("cpu", "CPU", isHost ? "hostCpuUsage" : "cpuUsage", true);
  if (metric === null && isHost && unit === "percent") return percent("disk", "Disk", "diskUsage", true);
  const memory = percent(
    "memory",
    "Memory",
    isHost ? "hostMemoryUsage" : "memoryUsage",
    metric === "memory",
  );
  if (metric !== "memoryBytes" || memoryTotalBytes === null) return memory;
  // The history has percentages only.
  return { ...memory, scale: memoryTotalBytes / 100, format: formatBytes, hasLimit: true };
}

function percent(color: CurveColor, label: string, column: string, hasLimit: boolean): Shown {
  return { label, color, columns: [column], format: formatPercent, hasLimit };
}

/** Returns the maximum of one column, which a short peak does not miss, or the sum of the means of several. */
function pointsOf({ columns, history }: KeptCurve, names: readonly string[]): readonly CurvePoint[] {
  const cells = names.map((name) => columns.indexOf(names.length === 1 ? `${name}Max` : name));
  if (cells.includes(-1)) return [];
  return history.flatMap((row) => {
    const [at] = row;
    const values = cells.map((cell) => row[cell] ?? null).filter((value) => value !== null);
    if (typeof at !== "number" || values.length === 0) return [];
    return [[at, values.reduce((sum, value) => sum + value, 0)] as const];
  });
}

/** Splits points where rows are missing. */
function runsOf(points: readonly CurvePoint[], resolutionMs: number): readonly (readonly CurvePoint[])[] {
  const runs: CurvePoint[][] = [];
  let last = -Infinity;
  for (const point of points) {
    if (point[0] - last > 2.5 * resolutionMs) runs.push([]);
    runs.at(-1)!.push(point);
    last = point[0];
  }
  return runs;
}
