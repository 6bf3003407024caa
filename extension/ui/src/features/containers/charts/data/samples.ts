/** Pure: samples of one container over time. */
import type { HistoryPoint } from "../../../../../../../server/protocol/stats.ts";

/** Samples of one container, oldest first. */
export interface Samples {
  /** Regular time between two samples, ms. */
  readonly resolutionMs: number;
  readonly mean: readonly HistoryPoint[];
  /** Minimum and maximum of each sample that combines several readings. */
  readonly low?: readonly HistoryPoint[];
  readonly high?: readonly HistoryPoint[];
}

/** A history frame of a request with `points`. */
export interface CombinedHistory {
  readonly resolutionMs: number;
  /** Names of the values of each row. */
  readonly columns: readonly string[];
  readonly history: readonly (readonly (number | null)[])[];
}

/** Names of the values of a point, after its time. */
const VALUES = [
  "cpuUsage",
  "memoryUsage",
  "networkRxBytesPerSecond",
  "networkTxBytesPerSecond",
  "blockReadBytesPerSecond",
  "blockWriteBytesPerSecond",
] as const;
/** Regular time between two readings, ms. */
const READING_MS = 1000;

/** Returns the samples of single readings. */
export function samplesOf(points: readonly HistoryPoint[], resolutionMs = READING_MS): Samples {
  return { resolutionMs, mean: points };
}

/** Returns the samples of a history frame; columns that this version does not know are ignored. */
export function samplesOfFrame({ resolutionMs, columns, history }: CombinedHistory): Samples {
  const pick = (suffix: string): readonly HistoryPoint[] => {
    const places = VALUES.map((name) => columns.indexOf(`${name}${suffix}`));
    const valueOf = (row: readonly (number | null)[], place: number) => row[place] ?? null;
    return history.map((row): HistoryPoint => {
      const [cpu, memory, rx, tx, read, write] = places.map((place) => valueOf(row, place));
      return [row[0] ?? 0, cpu!, memory!, rx!, tx!, read!, write!];
    });
  };
  return { resolutionMs, mean: pick(""), low: pick("Min"), high: pick("Max") };
}

/** Returns combined samples, continued by the single readings after them. */
export function continued(combined: Samples, readings: readonly HistoryPoint[]): Samples {
  const last = combined.mean.at(-1)?.[0] ?? -Infinity;
  const newer = readings.filter(([epochMs]) => epochMs > last);
  const { low, high } = combined;
  return {
    resolutionMs: combined.resolutionMs,
    mean: [...combined.mean, ...newer],
    ...low === undefined ? {} : { low: [...low, ...newer] },
    ...high === undefined ? {} : { high: [...high, ...newer] },
  };
}

/** Returns single readings, followed by those of a faster reader. */
export function hastened(readings: readonly HistoryPoint[], fast: Samples): Samples {
  const first = fast.mean[0]?.[0] ?? Infinity;
  return { ...fast, mean: [...readings.filter(([epochMs]) => epochMs < first), ...fast.mean] };
}
