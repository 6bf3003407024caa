/** Pure: limits of thresholds, with the units in which people write them. */
import type { Metric } from "./rule_types.ts";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
const FACTORS: Readonly<Record<string, number>> = {
  ...{ "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};

/** Expression that a limit in bytes matches as a whole, for the browser's own check of the field. */
export const BYTES_PATTERN = "\\s*\\d+(\\.\\d+)?\\s*([KMGTkmgt][Ii]?)?[Bb]?\\s*";
const BYTES = new RegExp(`^${BYTES_PATTERN}$`);

/** Reports whether a number is in bytes, or in bytes per second. */
export function isInBytes(metric: Metric): boolean {
  return metric === "memoryBytes" || metric === "network";
}

const FIRST_LIMITS: Readonly<Record<Metric, string>> = {
  ...{ cpu: "80", memory: "80", memoryBytes: "512 MiB", network: "10 MiB" },
};

/** A number with its limit. */
interface Limit {
  readonly metric: Metric;
  readonly above: string;
}

/** Returns another number with its limit; a limit in another unit would be wrong. */
export function changeMetric({ metric: before, above }: Limit, metric: Metric): Limit {
  return { metric, above: isInBytes(before) === isInBytes(metric) ? above : FIRST_LIMITS[metric] };
}

/** Parses a limit such as "80" or "512 MiB"; `NaN` for another text, which the server refuses. */
export function parseLimit(metric: Metric, text: string): number {
  if (!isInBytes(metric)) return text.trim() === "" ? NaN : Number(text);
  if (!BYTES.test(text)) return NaN;
  const [, number = "", unit = ""] = /^([\d.]+)\s*(\w*)$/.exec(text.trim())!;
  const factor = FACTORS[unit.toLowerCase()] ?? FACTORS[`${unit.toLowerCase()}b`]!;
  return Math.round(Number(number) * factor);
}

/** Formats a limit without changing its value, such as "512 MiB". */
export function limitText(metric: Metric, above: number): string {
  if (!isInBytes(metric)) return String(above);
  let unit = 0;
  let value = above;
  while (value >= 1024 && value % 1024 === 0 && unit < UNITS.length - 1) {
    [value, unit] = [value / 1024, unit + 1];
  }
  return unit === 0 ? String(above) : `${value} ${UNITS[unit]}`;
}
