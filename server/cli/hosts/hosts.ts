/** `dockstat hosts`: the hosts of a running server, and how they are read. */
import { copyable, type Flags, loadConfig } from "../../config/config.ts";
import { printable } from "../../log/format.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import { aligned } from "../aligned.ts";
import { byteText } from "../byte_text.ts";
import { showsColors, stateColorOf } from "../color.ts";
import { type HostFlags, toHostFilter } from "./flags.ts";
import { loads } from "./host_line.ts";
import { openServerClient } from "../server_client.ts";
import { print } from "../terminal.ts";

const TITLES = [
  ...[
    "HOST",
    "STATE",
    "ENGINE",
    "CPUS",
    "CPU %",
    "MEM USAGE / TOTAL",
    "LOAD",
    "DISK USAGE / TOTAL",
    "NET I/O",
  ],
  ...["CONTAINERS", "READ BY", "ADDRESS"],
];
const STATE_COLUMN = 1;

/**
 * Prints the table of hosts.
 *
 * @throws {AppError} "usage" for a wrong configuration, "unavailable" when no server answers, "failed" when it refuses.
 */
export async function runHosts(flags: Flags, host: HostFlags, signal: AbortSignal): Promise<void> {
  const select = toHostFilter(host);
  const client = await openServerClient(await loadConfig(flags), "view");
  const hosts = await client.ask<HostReport[]>("/docker/hosts", { signal });
  print(`${renderHosts(select(hosts), showsColors()).join("\n")}\n`);
}

/** Renders the table as lines, headings first; the error of a host, and the reason for its reader, follow its line. */
export function renderHosts(hosts: readonly HostReport[], colors: boolean): string[] {
  const [head = "", ...rows] = aligned(
    [TITLES, ...hosts.map(cells)],
    colors ? stateColorOf(STATE_COLUMN) : undefined,
  );
  return [
    head,
    ...rows.flatMap((row, index) => {
      const { error, readerReason, labels } = hosts[index]!;
      const texts = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const notes = [error, readerReason, texts.length > 0 ? `labels ${texts.join(", ")}` : null]
        .filter((note) => note !== null);
      return [row, ...notes.map((note) => `  ${printable(copyable(note))}`)];
    }),
    ...hosts.length > 1 ? [sumLine(hosts)] : [],
  ];
}

/** Returns the sum of the hosts that can be read. */
function sumLine(hosts: readonly HostReport[]): string {
  const up = hosts.filter(({ state }) => state === "up");
  const sum = (value: (host: HostReport) => number | null | undefined) =>
    up.reduce((total, host) => total + (value(host) ?? 0), 0);
  const memory = byteText(sum(({ usage }) => usage?.hostMemoryBytes));
  return `${hosts.length} hosts, ${up.length} up: ${sum(({ containers }) => containers)} containers, ` +
    `${sum(({ cpus }) => cpus)} CPUs, CPU ${
      sum(({ usage }) => usage?.hostCpuUsage).toFixed(2)
    }%, memory ${memory}`;
}

function cells(
  { hostId, state, engine, cpus, memoryBytes, containers, reader, url, usage }: HostReport,
): string[] {
  return [
    hostId,
    state,
    engine === null ? "-" : printable(engine),
    cpus === null ? "-" : String(cpus),
    typeof usage?.hostCpuUsage === "number" ? `${usage.hostCpuUsage.toFixed(2)}%` : "-",
    pair(usage?.hostMemoryBytes, usage?.hostMemoryTotalBytes ?? memoryBytes),
    usage === null ? "-" : loads(usage),
    pair(usage?.diskUsedBytes, usage?.diskTotalBytes),
    pair(usage?.networkRxBytes, usage?.networkTxBytes),
    containers === null ? "-" : String(containers),
    reader,
    printable(url),
  ];
}

function pair(one: number | null | undefined, other: number | null | undefined): string {
  if (typeof other !== "number") return "-";
  return `${typeof one === "number" ? byteText(one) : "-"} / ${byteText(other)}`;
}
