import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";
import type { SortValue } from "./arrange.ts";
import type { ContainerRow } from "./container_row.ts";

/** The columns, in the order in which they stand. */
export const COLUMN_IDS = [
  "name",
  "image",
  "state",
  "cpu",
  "memory",
  "network",
  "block",
  "pids",
  "status",
  "host",
] as const;
/** One of {@linkcode COLUMN_IDS}. */
export type ColumnId = (typeof COLUMN_IDS)[number];

/** A text, or why there is none. */
export type CellText = { readonly text: string; readonly detail?: string } | { readonly missing: string };

/** One column. */
export interface Column {
  readonly label: string;
  /** What is below the pointer, and read out with the label. */
  readonly help: string;
  /** The width as CSS grid has it. */
  readonly width: string;
  readonly numeric: boolean;
  readonly sortBy: (row: ContainerRow) => SortValue;
}

const text = (
  label: string,
  width: string,
  help: string,
  sortBy: (message: DetailedStatsMessage) => SortValue,
): Column => ({
  label,
  width,
  help,
  numeric: false,
  sortBy: ({ newest }) => sortBy(newest),
});
const number = (
  label: string,
  width: string,
  help: string,
  sortBy: (row: ContainerRow) => SortValue,
): Column => ({
  label,
  width,
  help,
  numeric: true,
  sortBy,
});

/** Every column by its id. */
export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  name: text("Name", "minmax(150px, 2fr)", "The container's name", ({ name }) => name),
  image: text("Image", "minmax(110px, 1.3fr)", "The image, as docker ps shows it", ({ image }) => image),
  state: text(
    "State",
    "124px",
    "What the container does, and what its health check says",
    ({ state, health }) => `${state} ${health ?? ""}`,
  ),
  cpu: number(
    "CPU",
    "124px",
    "The number of docker stats: 100 % is one core; or, switched above the table, all cores of the host",
    ({ newest }) => isLive(newest) ? newest.cpuUsage : null,
  ),
  memory: number(
    "Memory",
    "196px",
    "What is used without the page cache, as docker stats counts it, of the container's limit",
    ({ newest }) => isLive(newest) ? newest.memoryBytes : null,
  ),
  network: number(
    "Network",
    "116px",
    "Bytes per second",
    ({ rates }) => both(rates.networkRx, rates.networkTx),
  ),
  block: number(
    "Disk",
    "116px",
    "Bytes per second",
    ({ rates }) => both(rates.blockRead, rates.blockWrite),
  ),
  pids: number("PIDs", "56px", "Processes and threads", ({ newest }) => isLive(newest) ? newest.pids : null),
  status: text(
    "Status",
    "minmax(100px, 1.5fr)",
    "The words of docker ps: since when it runs, or how it ended",
    ({ status }) => status,
  ),
  host: text("Host", "110px", "The host, by its id in the configuration", ({ hostId }) => hostId),
};

/** Whether a container has numbers of now. */
export function isLive({ state }: DetailedStatsMessage): boolean {
  return state === "running" || state === "paused";
}

/** The CPU of a container against so many cores. */
export function cpuText({ newest }: ContainerRow, cores: number | null): CellText {
  if (newest.state !== "running") return { missing: notRunning(newest) };
  if (cores === null) return { missing: "The engine does not say how many cores its host has" };
  return { text: formatPercent(newest.cpuUsage / cores) };
}

/** The memory of a container. */
export function memoryText({ newest }: ContainerRow): CellText {
  const { memoryBytes, memoryLimitBytes, memoryUsage } = newest;
  if (!isLive(newest)) return { missing: notRunning(newest) };
  if (memoryBytes === null || memoryLimitBytes === null || memoryLimitBytes === 0) {
    return {
      missing:
        "The engine gives no memory numbers: its host has no memory controller (cgroup), or it was turned off",
    };
  }
  return {
    text: formatBytes(memoryBytes),
    detail: `${formatPercent(memoryUsage)} of ${formatBytes(memoryLimitBytes)}`,
  };
}

/** What a pair of rates is called. */
export interface RatePair {
  readonly what: string;
  readonly first: string;
  readonly second: string;
}

/** What a container's network brings and takes. */
export const NETWORK: RatePair = { what: "the network traffic", first: "in", second: "out" };
/** What it reads from disks and writes to them. */
export const DISK: RatePair = { what: "the disk traffic", first: "read", second: "write" };

/** Two rates, one above the other. */
export function ratesText(
  { newest }: ContainerRow,
  one: number | null,
  other: number | null,
  { what, first, second }: RatePair,
): CellText {
  if (newest.state !== "running") return { missing: notRunning(newest) };
  if (one === null && other === null) {
    return { missing: `The engine does not tell ${what} of this container (yet)` };
  }
  const said = (rate: number | null, word: string) => `${rate === null ? "n/a" : formatRate(rate)} ${word}`;
  return { text: said(one, first), detail: said(other, second) };
}

/** Processes and threads. */
export function pidsText({ newest }: ContainerRow): CellText {
  if (!isLive(newest)) return { missing: notRunning(newest) };
  return newest.pids === null
    ? { missing: "The engine does not count the processes of this container" }
    : { text: String(newest.pids) };
}

function notRunning({ state }: DetailedStatsMessage): string {
  return `It does not run (${state}), so there is nothing to measure`;
}

function both(one: number | null, other: number | null): number | null {
  return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}
