/** Pure: samples as comma-separated values. */
import type { Samples } from "./samples.ts";
import type { Zoom } from "./ranges.ts";

/** Samples of one container, and what identifies it. */
export interface NamedSamples {
  readonly hostId: string;
  readonly name: string;
  readonly samples: Samples;
  /** Bytes that are 100 % of the memory; `null` when unknown. */
  readonly memoryScale: number | null;
}

const METRICS = [
  "cpu_percent",
  "memory_bytes",
  "network_rx_bytes_per_second",
  "network_tx_bytes_per_second",
  "disk_read_bytes_per_second",
  "disk_write_bytes_per_second",
] as const;
const MEMORY = METRICS.indexOf("memory_bytes");
/** Texts that spreadsheets would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Returns the samples of a span as text. An unknown value is empty, never zero. */
export function toCsv(containers: readonly NamedSamples[], span: Zoom): string {
  const combined = containers.some(({ samples }) => samples.low !== undefined);
  const suffixes = combined ? ["", "_min", "_max"] : [""];
  const heading = [
    "time",
    "host",
    "container",
    ...METRICS.flatMap((name) => suffixes.map((end) => name + end)),
  ];
  const rows = containers.flatMap((container) => rowsOf(container, span, combined));
  return [heading, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function rowsOf({ hostId, name, samples, memoryScale }: NamedSamples, { from, to }: Zoom, combined: boolean) {
  const { mean, low = mean, high = mean } = samples;
  return mean.flatMap(([epochMs], index) => {
    if (epochMs < from || epochMs > to) return [];
    const values = METRICS.flatMap((_, metric) =>
      (combined ? [mean, low, high] : [mean]).map((points) => {
        const value = points[index]?.[metric + 1] ?? null;
        return numberOf(value, metric === MEMORY ? memoryScale && memoryScale / 100 : 1);
      })
    );
    return [[new Date(epochMs).toISOString(), fieldOf(hostId), fieldOf(name), ...values]];
  });
}

function numberOf(value: number | null, factor: number | null): string {
  return value === null || factor === null ? "" : String(Math.round(value * factor * 1000) / 1000);
}

function fieldOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
