/** Pure: the texts of a container's files → the fields of the engine's answer that DockStat reads. */
import type { RawStats } from "../docker/sample.ts";
import {
  type DiskBytes,
  diskBytesV1,
  diskBytesV2,
  interfacesOf,
  limitOf,
  valueOf,
  wholeNumber,
} from "./kernel_text.ts";

/** Files of a container, by the value that they hold. */
export const FILES = ["cpu", "memory", "memoryStat", "memoryLimit", "disk", "pids", "network"] as const;

/** One of {@linkcode FILES}. */
export type FileKind = (typeof FILES)[number];

/** Texts of a container's files; a file that the machine does not have is missing. */
export type FileTexts = Readonly<Partial<Record<FileKind, string>>>;

/** Circumstances of a reading. */
export interface Reading {
  readonly version: 1 | 2;
  /** Time of the reading, epoch ms. */
  readonly atMs: number;
  /** CPU time of the machine, ns. */
  readonly systemNs: number;
  /** Memory of the machine, which is the limit of a container without a limit. */
  readonly memoryBytes: number;
}

/** Converts the texts of one reading; `undefined` when the CPU time is missing. */
export function toRawStats(texts: FileTexts, reading: Reading): RawStats | undefined {
  const cpuNs = cpuTime(texts.cpu ?? "", reading.version);
  if (cpuNs === undefined) return undefined;
  const interfaces = interfacesOf(texts.network ?? "");
  return {
    read: new Date(reading.atMs).toISOString(),
    os_type: "linux",
    cpu_stats: { cpu_usage: { total_usage: cpuNs }, system_cpu_usage: reading.systemNs },
    memory_stats: memory(texts, reading),
    ...interfaces !== undefined && interfaces.size > 0 && { networks: Object.fromEntries(interfaces) },
    ...texts.disk !== undefined && { blkio_stats: disk(texts.disk, reading.version) },
    pids_stats: optional("current", wholeNumber(texts.pids ?? "")),
  };
}

function cpuTime(text: string, version: 1 | 2): number | undefined {
  if (version === 1) return wholeNumber(text);
  const us = valueOf(text, "usage_usec");
  return us === undefined ? undefined : us * 1000;
}

function memory(
  { memory, memoryStat = "", memoryLimit = "" }: FileTexts,
  { version, memoryBytes }: Reading,
): NonNullable<RawStats["memory_stats"]> {
  const usage = wholeNumber(memory ?? "");
  if (usage === undefined) return {};
  const key = version === 1 ? "total_inactive_file" : "inactive_file";
  const limit = Math.min(limitOf(memoryLimit) ?? Infinity, memoryBytes);
  return { usage, limit, stats: optional(key, valueOf(memoryStat, key)) };
}

function disk(text: string, version: 1 | 2): NonNullable<RawStats["blkio_stats"]> {
  const { read, write }: DiskBytes = version === 1 ? diskBytesV1(text) : diskBytesV2(text);
  return { io_service_bytes_recursive: [{ op: "read", value: read }, { op: "write", value: write }] };
}

function optional<Key extends string>(key: Key, value: number | undefined): Readonly<Record<string, number>> {
  return value === undefined ? {} : { [key]: value };
}
