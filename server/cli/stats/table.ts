/** Pure: the live table of `dockstat stats`, like that of `docker stats`. */
import { byteText } from "../byte_text.ts";
import { type Color, painted, stateColor, usageColor } from "../color.ts";
import { printable } from "../../log/format.ts";
import type { DetailedStatsMessage } from "../../protocol/stats.ts";

interface Column {
  readonly title: string;
  readonly right?: boolean;
  readonly cell: (message: DetailedStatsMessage) => string;
  readonly color?: (message: DetailedStatsMessage) => Color | undefined;
  /** Shortening for a narrow terminal: the function, and the minimum number of characters. */
  readonly short?: { readonly least: number; readonly cut: (text: string, length: number) => string };
}

/** A column with heading and cells, as wide as its content or as the terminal allows. */
interface Measured extends Column {
  readonly cells: readonly string[];
  readonly least: number;
  width: number;
}

const COLUMNS: readonly Column[] = [
  { title: "NAME", cell: ({ name }) => printable(name), short: { least: 16, cut: cutMiddle } },
  { title: "HOST", cell: ({ hostId }) => hostId, short: { least: 8, cut: cutMiddle } },
  {
    title: "STATUS",
    cell: ({ status, stale }) => printable(stale ? `no answer, ${status}` : status),
    short: { least: 12, cut: cutEnd },
    color: ({ status, stale, health }) =>
      stale ? "red" : stateColor(health === "unhealthy" ? "unhealthy" : status),
  },
  { title: "CPU %", right: true, cell: (m) => running(m, percent(m.cpuUsage)), color: cpuColor },
  { title: "MEM USAGE / LIMIT", right: true, cell: memory },
  { title: "MEM %", right: true, cell: memoryPercent, color: ({ memoryUsage }) => usageColor(memoryUsage) },
  { title: "NET I/O", right: true, cell: (m) => running(m, pair(m.networkRxBytes, m.networkTxBytes)) },
  { title: "BLOCK I/O", right: true, cell: (m) => running(m, pair(m.blockReadBytes, m.blockWriteBytes)) },
  { title: "PIDS", right: true, cell: (m) => running(m, m.pids === null ? "n/a" : String(m.pids)) },
];

/** Columns dropped in a terminal that is too narrow, first to last. */
const LEAVING = ["BLOCK I/O", "NET I/O", "PIDS", "STATUS"];
const GAP = "  ";

/**
 * Renders the table as lines, headings first, in the order of the messages.
 *
 * @param width Maximum characters per line; columns that do not fit are shortened or dropped. `Infinity` for a pipe,
 * where nothing is shortened.
 */
export function renderTable(
  messages: readonly DetailedStatsMessage[],
  width: number,
  { colors = false }: { readonly colors?: boolean } = {},
): string[] {
  const columns = width === Infinity
    ? COLUMNS
    : COLUMNS.filter(({ title }) => title !== "HOST" || severalHosts(messages));
  const shown = fit(columns.map((column) => measure(column, messages)), width);
  return [undefined, ...messages].map((message, row) => {
    const cells = shown.map((column) => padded(column, column.cells[row]!));
    const line = cells.join(GAP).trimEnd();
    if (!colors || line.length > width || message === undefined) return line.slice(0, width);
    return shown.map(({ color }, index) => painted(cells[index]!, color?.(message))).join(GAP).trimEnd();
  });
}

/** Colors the CPU by its share of the cores that the container may use. */
function cpuColor({ cpuUsage, onlineCpus, cpuLimit }: DetailedStatsMessage): Color | undefined {
  const cores = cpuLimit ?? onlineCpus;
  return cpuUsage === null || !cores ? undefined : usageColor(cpuUsage / cores);
}

function severalHosts(messages: readonly DetailedStatsMessage[]): boolean {
  return messages.some(({ hostId }) => hostId !== messages[0]?.hostId);
}

function measure(column: Column, messages: readonly DetailedStatsMessage[]): Measured {
  const cells = [column.title, ...messages.map(column.cell)];
  const width = Math.max(...cells.map(({ length }) => length));
  return { ...column, cells, width, least: Math.min(width, column.short?.least ?? width) };
}

/** Drops columns that do not fit even when shortened, then shortens the widest. */
function fit(columns: readonly Measured[], width: number): readonly Measured[] {
  const lengthOf = (shown: readonly Measured[], key: "least" | "width") =>
    shown.reduce((sum, column) => sum + column[key] + GAP.length, -GAP.length);
  let shown = columns;
  for (const leaving of LEAVING) {
    if (lengthOf(shown, "least") <= width) break;
    shown = shown.filter(({ title }) => title !== leaving);
  }
  for (let excess = lengthOf(shown, "width") - width; excess > 0; excess--) {
    const [widest] = shown.filter((one) => one.width > one.least).sort((one, other) =>
      other.width - one.width
    );
    if (widest === undefined) break;
    widest.width--;
  }
  return shown;
}

function padded({ short, right, width }: Measured, text: string): string {
  const shown = short !== undefined && text.length > width ? short.cut(text, width) : text;
  return right ? shown.padStart(width) : shown.padEnd(width);
}

/** Keeps both ends, which tell containers apart: the project at the start, the number at the end. */
function cutMiddle(text: string, length: number): string {
  const behind = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - behind)}…${text.slice(-behind)}`;
}

function cutEnd(text: string, length: number): string {
  return `${text.slice(0, length - 1).trimEnd()}…`;
}

/** Returns the text of a container that has numbers; "--", as in `docker stats`, if they cannot be read. */
function running({ timestamp, cpuUsage }: DetailedStatsMessage, text: string): string {
  return cpuUsage === null ? "--" : timestamp === null ? "-" : text;
}

function percent(usage: number | null): string {
  return usage === null ? "--" : `${usage.toFixed(2)}%`;
}

function memory(message: DetailedStatsMessage): string {
  const { memoryBytes, memoryLimitBytes } = message;
  return running(
    message,
    memoryBytes === null ? "n/a" : `${byteText(memoryBytes)} / ${byteText(memoryLimitBytes)}`,
  );
}

function memoryPercent(message: DetailedStatsMessage): string {
  return running(message, message.memoryLimitBytes === null ? "n/a" : percent(message.memoryUsage));
}

function pair(one: number | null, other: number | null): string {
  return one === null && other === null ? "n/a" : `${byteText(one)} / ${byteText(other)}`;
}
