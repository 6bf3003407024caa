import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";
import type { SortValue } from "./arrange.ts";
import type { ColumnId } from "./column_ids.ts";
import type { ContainerRow } from "./container_row.ts";
import { statusAge } from "./status_time.ts";
import { COLUMN_LABELS, MISSING, noRates, notRunning } from "./labels.ts";

/** Text of a cell, or the reason why the value is unknown. */
export type CellText = { readonly text: string; readonly isZero: boolean } | { readonly missing: string };

/** One column. */
export interface Column {
  readonly label: string;
  /** Tooltip of the heading. */
  readonly help: string;
  /** Smallest width, px. */
  readonly leastPx: number;
  /** Share of the space that is left; 0 for a column of fixed width. */
  readonly share: number;
  readonly numeric: boolean;
  readonly sortBy: (row: ContainerRow) => SortValue;
}

type SortBy = (row: ContainerRow) => SortValue;

const text = (id: ColumnId, leastPx: number, share: number, sortBy: SortBy): Column => {
  const [label, help] = COLUMN_LABELS[id];
  return { label, help, leastPx, share, numeric: false, sortBy };
};
const number = (id: ColumnId, leastPx: number, sortBy: SortBy): Column => {
  return { ...text(id, leastPx, 0, sortBy), numeric: true };
};

/** Time of the mean by which the table is sorted, s. */
const SORT_SECONDS = 10;

/** Columns by id. */
export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  name: text("name", 178, 2, ({ newest }) => newest.name),
  image: text("image", 92, 1.2, ({ newest }) => newest.image),
  cpu: number("cpu", 128, (row) => isMeasured(row.newest) ? row.meanCpu(SORT_SECONDS) : null),
  memory: number("memory", 188, ({ newest }) => isLive(newest) ? newest.memoryBytes : null),
  network: number("network", 176, ({ rates }) => both(rates.networkRx, rates.networkTx)),
  block: number("block", 184, ({ rates }) => both(rates.blockRead, rates.blockWrite)),
  pids: number("pids", 52, ({ newest }) => isLive(newest) ? newest.pids : null),
  status: text("status", 212, 1.2, ({ newest }) => statusAge(newest.status)),
  host: text("host", 110, 0, ({ newest }) => newest.hostId),
};

/** Columns that a narrow window leaves out, the first one first. */
const OPTIONAL: readonly ColumnId[] = ["block", "pids"];
/** Space of a window beside its columns, px. */
const BESIDE_PX = 50;

/** Returns the sets of columns that a window may show, the widest first, each with the least width of the window, px. */
export function columnSets(
  chosen: readonly ColumnId[],
): readonly (readonly [columns: readonly ColumnId[], leastPx: number])[] {
  return [0, 1, 2].map((left) => {
    const columns = chosen.filter((id) => !OPTIONAL.slice(0, left).includes(id));
    return [columns, columns.reduce((sum, id) => sum + COLUMNS[id].leastPx, BESIDE_PX)];
  });
}

/** Returns the width of a column as a CSS grid track. */
export function trackOf(id: ColumnId): string {
  const { leastPx, share } = COLUMNS[id];
  return share === 0 ? `${leastPx}px` : `minmax(${leastPx}px, ${share}fr)`;
}

/** Returns true for a container whose engine has measurements; they may be unreadable. */
export function isLive({ state }: DetailedStatsMessage): boolean {
  return state === "running" || state === "paused";
}

function isMeasured({ state, stale }: DetailedStatsMessage): boolean {
  return state === "running" && !stale;
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
  return percentText(newest.cpuUsage / cores);
}

/** Returns a share as the text of a cell. */
export function percentText(percent: number): CellText {
  const shown = formatPercent(percent);
  return shown === formatPercent(0) ? ZERO : { text: shown, isZero: false };
}

/** Returns the memory usage. */
export function memoryText({ newest }: ContainerRow): CellText {
  const missing = unmeasured(newest);
  if (missing !== undefined) return { missing };
  const { memoryBytes, memoryLimitBytes } = newest;
  // Engines report zeros without the memory cgroup controller.
  if (memoryBytes === null || memoryLimitBytes === null || memoryLimitBytes === 0) {
    return { missing: MISSING.memory };
  }
  return bytesText(memoryBytes);
}

/** Returns bytes as the text of a cell. */
export function bytesText(bytes: number): CellText {
  return bytes === 0 ? ZERO : { text: formatBytes(bytes), isZero: false };
}

const ZERO: CellText = { text: "0", isZero: true };

/** Marks of a pair of rates. */
export interface RatePair {
  readonly traffic: string;
  readonly first: string;
  readonly second: string;
  /** Names of both rates, for screen readers. */
  readonly names: readonly [first: string, second: string];
}

/** Network rates of a container. */
export const NETWORK: RatePair = {
  traffic: "network traffic",
  first: "↓",
  second: "↑",
  names: ["received", "sent"],
};
/** Disk rates of a container. */
export const DISK: RatePair = {
  traffic: "disk traffic",
  first: "R",
  second: "W",
  names: ["read", "written"],
};

/** Two rates of a cell; one text when both are zero or unknown. */
export type RateTexts = CellText | readonly [first: CellText, second: CellText];

/** Returns two rates of a container. */
export function ratesText(
  { newest }: ContainerRow,
  one: number | null,
  other: number | null,
  { traffic }: RatePair,
): RateTexts {
  if (newest.state !== "running") return { missing: notRunning(newest.state) };
  if (newest.stale) return { missing: MISSING.stale };
  return pairText(one, other, traffic);
}

/** Returns two rates as texts. */
export function pairText(one: number | null, other: number | null, traffic: string): RateTexts {
  if (one === null && other === null) return { missing: noRates(traffic) };
  if (both(one, other) === 0) return ZERO;
  return [rateText(one, traffic), rateText(other, traffic)];
}

function rateText(rate: number | null, traffic: string): CellText {
  if (rate === null) return { missing: noRates(traffic) };
  return rate < 0.5 ? ZERO : { text: formatRate(rate), isZero: false };
}

/** Returns the number of processes and threads. */
export function pidsText({ newest }: ContainerRow): CellText {
  const missing = unmeasured(newest);
  if (missing !== undefined) return { missing };
  return newest.pids === null ? { missing: MISSING.pids } : countText(newest.pids);
}

function countText(count: number): CellText {
  return count === 0 ? ZERO : { text: String(count), isZero: false };
}

function both(one: number | null, other: number | null): number | null {
  return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}
