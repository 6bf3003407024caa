/** Pure: the kernel's text files → numbers. A text that is not as expected gives `undefined`. */

import type { RawInterface } from "../docker/sample.ts";

/** Nanoseconds of one tick of `/proc/stat`. */
const TICK_NS = 10_000_000;

/** Bytes that devices have read and written. */
export interface DiskBytes {
  readonly read: number;
  readonly write: number;
}

/** Bytes of one network interface. */
export interface InterfaceBytes {
  readonly rx_bytes: number;
  readonly tx_bytes: number;
}

/** Parses a file that holds one number, such as `memory.current`. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,20}\n?$/.test(text) ? Number(text) : undefined;
}

/** Parses a limit: the word `max` is infinite. */
export function limitOf(text: string): number | undefined {
  return text.trimEnd() === "max" ? Infinity : wholeNumber(text);
}

/** Returns the number behind a key of a file with one pair per line, such as `cpu.stat`. */
export function valueOf(text: string, key: string): number | undefined {
  const start = text.startsWith(`${key} `) ? 0 : text.indexOf(`\n${key} `) + 1;
  if (start === 0 && !text.startsWith(`${key} `)) return undefined;
  const end = text.indexOf("\n", start);
  return wholeNumber(text.slice(start + key.length + 1, end === -1 ? undefined : end));
}

/**
 * Computes the CPU time of the machine from `/proc/stat`, ns. As in moby (`daemon/stats/collector_unix.go`), it is the
 * sum of the first seven columns, without the time that a hypervisor took.
 */
export function systemCpuNs(text: string): number | undefined {
  const columns = /^cpu +((?:\d+ ){6}\d+)(?: |\n|$)/.exec(text)?.[1];
  return columns?.split(" ").reduce((sum, ticks) => sum + Number(ticks) * TICK_NS, 0);
}

const BYTES_V2 = / (?:(rbytes)|wbytes)=(\d+)(?=\s|$)/g;
const BYTES_V1 = /^\d+:\d+ (?:(Read)|Write) (\d+)$/gm;
const REQUESTS_V2 = / (?:(rios)|wios)=(\d+)(?=\s|$)/g;

/** Returns the bytes in `io.stat` over all devices. */
export function diskBytesV2(text: string): DiskBytes {
  return bothSums(text, BYTES_V2);
}

/** Returns the bytes in `blkio.*.io_service_bytes_recursive` over all devices. */
export function diskBytesV1(text: string): DiskBytes {
  return bothSums(text, BYTES_V1);
}

/** Returns the numbers of requests in `io.stat` over all devices. */
export function diskRequestsV2(text: string): DiskBytes {
  return bothSums(text, REQUESTS_V2);
}

/** Returns the times in a file such as `cpu.pressure`, µs: of `some` task waiting, and of all tasks (`full`). */
export function stallsOf(resource: string, text: string): Readonly<Record<string, number | undefined>> {
  const total = (line: string) => new RegExp(`^${line} .*\\btotal=(\\d{1,20})$`, "m").exec(text)?.[1];
  return {
    [`${resource}_some`]: wholeNumber(total("some") ?? ""),
    [`${resource}_full`]: wholeNumber(total("full") ?? ""),
  };
}

/** Returns the interfaces in `/proc/PID/net/dev` without loopback; `undefined` for another text. */
export function interfacesOf(text: string): ReadonlyMap<string, InterfaceBytes> | undefined {
  const [first, second, ...lines] = text.split("\n");
  if (!first?.startsWith("Inter-|") || second === undefined) return undefined;
  const found = new Map<string, InterfaceBytes>();
  for (const line of lines) {
    const { name, columns } = interfaceLine(line);
    const [rx_bytes, tx_bytes] = [columns[0], columns[8]];
    if (name === "" || name === "lo" || rx_bytes === undefined || tx_bytes === undefined) continue;
    if (Number.isFinite(rx_bytes) && Number.isFinite(tx_bytes)) found.set(name, { rx_bytes, tx_bytes });
  }
  return found;
}

/** Returns the packets of each interface in `/proc/PID/net/dev`. */
export function packetsOf(text: string): ReadonlyMap<string, RawInterface> {
  const named = text.split("\n").slice(2).map((line) => {
    const { name, columns } = interfaceLine(line);
    const [rx_packets = NaN, rx_errors = NaN, rx_dropped = NaN] = columns.slice(1);
    const [tx_packets = NaN, tx_errors = NaN, tx_dropped = NaN] = columns.slice(9);
    return [name, { rx_packets, rx_errors, rx_dropped, tx_packets, tx_errors, tx_dropped }] as const;
  });
  return new Map(named);
}

function interfaceLine(line: string): { readonly name: string; readonly columns: readonly number[] } {
  // An alias such as "eth0:1" has a colon in its name, the columns have none.
  const end = line.lastIndexOf(":");
  return {
    name: line.slice(0, Math.max(end, 0)).trim(),
    columns: line.slice(end + 1).trim().split(/ +/).map(Number),
  };
}

/**
 * Returns the start time of a process from `/proc/PID/stat`, in ticks since the machine has started. The name of a
 * process may contain parentheses and line breaks, so the columns are counted from the last parenthesis.
 */
export function startTicks(text: string): number | undefined {
  const end = text.lastIndexOf(")");
  if (end === -1) return undefined;
  const columns = text.slice(end + 1).trim().split(" ");
  return wholeNumber(columns[19] ?? "");
}

/** Returns the number of files that a process may open, from `/proc/PID/limits`. */
export function openFileLimit(text: string): number | undefined {
  const found = /^Max open files +(\d+|unlimited) /m.exec(text)?.[1];
  return found === "unlimited" ? Infinity : wholeNumber(found ?? "");
}

/** Reports whether `/proc/PID/status` shows a process without any capability. */
export function hasNoCapabilities(text: string): boolean {
  const sets = [...text.matchAll(/^Cap(?:Prm|Eff):\t([0-9a-f]+)$/gm)].map(([, set]) => set);
  return sets.length === 2 && sets.every((set) => /^0+$/.test(set ?? ""));
}

/** Sums up the matches of a pattern with two groups: the first is set for reads only, the second has the number. */
function bothSums(text: string, pattern: RegExp): DiskBytes {
  let [read, write] = [0, 0];
  // This runs for each reading of each container: a shared pattern costs less than `matchAll`, which copies it.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[1] === undefined) write += Number(match[2]);
    else read += Number(match[2]);
  }
  return { read, write };
}
