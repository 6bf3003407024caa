/** Pure: the live table of `dockstat stats`, like that of `docker stats`. */
// @ts-types="./types/bytes.d.ts"
import { format as formatBytes } from "@std/fmt/bytes";
import type { DetailedStatsMessage } from "./protocol.ts";

interface Column {
  readonly title: string;
  readonly right?: boolean;
  readonly cell: (message: DetailedStatsMessage) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "HOST", cell: ({ hostId }) => hostId },
  { title: "STATUS", cell: ({ status, stale }) => stale ? `${status} (host silent)` : status },
  { title: "CPU %", right: true, cell: (m) => running(m, `${m.cpuUsage.toFixed(2)}%`) },
  { title: "MEM USAGE / LIMIT", right: true, cell: memory },
  { title: "MEM %", right: true, cell: memoryPercent },
  { title: "NET I/O", right: true, cell: (m) => running(m, pair(m.networkRxBytes, m.networkTxBytes)) },
  { title: "BLOCK I/O", right: true, cell: (m) => running(m, pair(m.blockReadBytes, m.blockWriteBytes)) },
  { title: "PIDS", right: true, cell: (m) => running(m, m.pids === null ? "n/a" : String(m.pids)) },
];

/**
 * The table as lines, headings first: the running containers by name, then the others.
 *
 * @param width Lines are cut to this many characters.
 */
export function renderTable(messages: readonly DetailedStatsMessage[], width: number): string[] {
  const rows = [...messages].sort(byStateAndName).map((message) => COLUMNS.map(({ cell }) => cell(message)));
  const widths = COLUMNS.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]!.length))
  );
  return [COLUMNS.map(({ title }) => title), ...rows].map((row) => {
    const cells = row.map((text, index) =>
      COLUMNS[index]!.right ? text.padStart(widths[index]!) : text.padEnd(widths[index]!)
    );
    return cells.join("   ").trimEnd().slice(0, width);
  });
}

function byStateAndName(one: DetailedStatsMessage, other: DetailedStatsMessage): number {
  const rank = ({ state }: DetailedStatsMessage) => state === "running" ? 0 : 1;
  return rank(one) - rank(other) || one.hostId.localeCompare(other.hostId) ||
    one.name.localeCompare(other.name, undefined, { numeric: true });
}

function running({ timestamp }: DetailedStatsMessage, text: string): string {
  return timestamp === null ? "-" : text;
}

function memory(message: DetailedStatsMessage): string {
  const { memoryBytes, memoryLimitBytes } = message;
  return running(
    message,
    memoryBytes === null ? "n/a" : `${bytes(memoryBytes)} / ${bytes(memoryLimitBytes)}`,
  );
}

function memoryPercent(message: DetailedStatsMessage): string {
  return running(message, message.memoryLimitBytes === null ? "n/a" : `${message.memoryUsage.toFixed(2)}%`);
}

function pair(one: number | null, other: number | null): string {
  return one === null && other === null ? "n/a" : `${bytes(one)} / ${bytes(other)}`;
}

function bytes(count: number | null): string {
  return count === null ? "n/a" : formatBytes(count, { binary: true, maximumFractionDigits: 1 });
}
