import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";
import type { SortValue } from "./arrange.ts";
import type { ColumnId } from "./column_ids.ts";
import type { ContainerRow } from "./container_row.ts";
import { statusAge } from "./status_time.ts";
import { COLUMN_LABELS, LABELS, MISSING, noRates, notRunning } from "./labels.ts";

/** Text of a cell, or the reason why it is empty. */
export type CellText = { readonly text: string; readonly detail?: string } | { readonly missing: string };

/** One column. */
export interface Column {
  readonly label: string;
  /** Tooltip of the heading. */
  readonly help: string;
  /** Width as a CSS grid track. */
  readonly width: string;
  readonly numeric: boolean;
  readonly sortBy: (row: ContainerRow) => SortValue;
}

const text = (id: ColumnId, width: string, sortBy: (message: DetailedStatsMessage) => SortValue): Column => {
  const [label, help] = COLUMN_LABELS[id];
  return { label, width, help, numeric: false, sortBy: ({ newest }) => sortBy(newest) };
};
const number = (id: ColumnId, width: string, sortBy: (row: ContainerRow) => SortValue): Column => {
  const [label, help] = COLUMN_LABELS[id];
  return { label, width, help, numeric: true, sortBy };
};

/** Columns by id. */
export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  name: text("name", "minmax(150px, 2fr)", ({ name }) => name),
  image: text("image", "minmax(110px, 1.3fr)", ({ image }) => image),
  state: text("state", "124px", ({ state, health }) => `${state} ${health ?? ""}`),
  cpu: number("cpu", "124px", ({ newest }) => isLive(newest) ? newest.cpuUsage : null),
  memory: number("memory", "196px", ({ newest }) => isLive(newest) ? newest.memoryBytes : null),
  network: number("network", "116px", ({ rates }) => both(rates.networkRx, rates.networkTx)),
  block: number("block", "116px", ({ rates }) => both(rates.blockRead, rates.blockWrite)),
  pids: number("pids", "56px", ({ newest }) => isLive(newest) ? newest.pids : null),
  status: text("status", "minmax(100px, 1.5fr)", ({ status }) => statusAge(status)),
  host: text("host", "110px", ({ hostId }) => hostId),
};

/** Returns true for a container whose engine has measurements; they may be unreadable. */
export function isLive({ state }: DetailedStatsMessage): boolean {
  return state === "running" || state === "paused";
}

/** Returns the reason why a container has no current measurements; `undefined` if it has. */
function unmeasured(message: DetailedStatsMessage): string | undefined {
  if (!isLive(message)) return notRunning(message.state);
  return message.stale ? MISSING.stale : undefined;
}

/** Returns the CPU usage as a share of the given cores. */
export function cpuText({ newest }: ContainerRow, cores: number | null): CellText {
  if (newest.state !== "running") return { missing: notRunning(newest.state) };
  if (newest.stale || newest.cpuUsage === null) return { missing: MISSING.stale };
  if (cores === null) return { missing: MISSING.cores };
  return { text: formatPercent(newest.cpuUsage / cores) };
}

/** Returns the memory usage, with its share of the container's limit if it has one. */
export function memoryText({ newest }: ContainerRow, limited = true): CellText {
  const { memoryBytes, memoryLimitBytes, memoryUsage } = newest;
  const missing = unmeasured(newest);
  if (missing !== undefined) return { missing };
  if (memoryUsage === null || memoryBytes === null || memoryLimitBytes === null || memoryLimitBytes === 0) {
    return { missing: MISSING.memory };
  }
  if (!limited) return { text: formatBytes(memoryBytes) };
  return {
    text: formatBytes(memoryBytes),
    detail: `${formatPercent(memoryUsage)} of ${formatBytes(memoryLimitBytes)}`,
  };
}

/** Names of a pair of rates. */
export interface RatePair {
  readonly traffic: string;
  readonly first: string;
  readonly second: string;
}

/** Network rates of a container. */
export const NETWORK: RatePair = { traffic: "network traffic", first: "in", second: "out" };
/** Disk rates of a container. */
export const DISK: RatePair = { traffic: "disk traffic", first: "read", second: "write" };

/** Returns two rates, for two lines of a cell. */
export function ratesText(
  { newest }: ContainerRow,
  one: number | null,
  other: number | null,
  { traffic, first, second }: RatePair,
): CellText {
  if (newest.state !== "running") return { missing: notRunning(newest.state) };
  if (newest.stale) return { missing: MISSING.stale };
  if (one === null && other === null) {
    return { missing: noRates(traffic) };
  }
  const format = (rate: number | null, label: string) =>
    `${rate === null ? LABELS.notAvailable : formatRate(rate)} ${label}`;
  return { text: format(one, first), detail: format(other, second) };
}

/** Returns the number of processes and threads. */
export function pidsText({ newest }: ContainerRow): CellText {
  const missing = unmeasured(newest);
  if (missing !== undefined) return { missing };
  return newest.pids === null ? { missing: MISSING.pids } : { text: String(newest.pids) };
}

function both(one: number | null, other: number | null): number | null {
  return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}
