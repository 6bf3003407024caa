/** Pure: files of control groups with several numbers → numbers with labels. */
import { type LabeledNumber, MOST_LABELED } from "../../docker/metrics/labeled.ts";

/** Kinds of memory that cAdvisor shows per node. */
const NUMA_TYPES = ["file", "anon", "unevictable"] as const;

/**
 * Returns the pages of each NUMA node in `memory.numa_stat`. Version 1 counts pages, also those of the container
 * alone. Version 2 counts bytes, and only with all groups below.
 *
 * @param pageBytes Size of a page on this machine; `undefined` if it is unknown.
 */
export function numaPages(
  text: string,
  version: 1 | 2,
  pageBytes: number | undefined,
): readonly LabeledNumber[] | undefined {
  if (text === "" || version === 2 && pageBytes === undefined) return undefined;
  const unit = version === 2 ? pageBytes! : 1;
  const scopes = version === 2 ? { hierarchy: "" } : { container: "", hierarchy: "hierarchical_" };
  const found = Object.entries(scopes).flatMap(([scope, prefix]) =>
    NUMA_TYPES.flatMap((type) =>
      nodesOf(text, prefix + type).map(([node, value]): LabeledNumber => [[type, scope, node], value / unit])
    )
  );
  return found.slice(0, MOST_LABELED);
}

function nodesOf(text: string, key: string): (readonly [node: string, value: number])[] {
  const line = new RegExp(`^${key}[ =].*$`, "m").exec(text)?.[0] ?? "";
  return [...line.matchAll(/ N(\d{1,4})=(\d{1,20})(?=\s|$)/g)].map(([, node, value]) =>
    [node!, Number(value)] as const
  );
}

/** Returns the CPU times in `cpuacct.usage_all` of each CPU that the container has used, ns. */
export function cpuTimes(
  text: string,
):
  | { readonly cpuUserNs: readonly LabeledNumber[]; readonly cpuSystemNs: readonly LabeledNumber[] }
  | undefined {
  if (!text.startsWith("cpu user system\n")) return undefined;
  const lines = [...text.matchAll(/^(\d{1,5}) (\d{1,20}) (\d{1,20})$/gm)].slice(0, MOST_LABELED);
  const column = (index: 2 | 3) =>
    lines.filter((line) => Number(line[index]) > 0).map((line): LabeledNumber => [
      [`cpu${line[1]!.padStart(2, "0")}`],
      Number(line[index]),
    ]);
  return { cpuUserNs: column(2), cpuSystemNs: column(3) };
}

/** Returns the names of the devices in `/proc/partitions` by their numbers, such as "/dev/sda" by "8:0". */
export function deviceNames(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^ *(\d+) +(\d+) +\d+ ([\w./!-]{1,50})$/gm);
  return new Map([...lines].map(([, major, minor, name]) => [`${major}:${minor}`, `/dev/${name}`]));
}

const BYTES_V2 = /^(\d+):(\d+)((?: [a-z_.]+=[\w.]+)+) *$/gm;
const BYTES_V1 = /^(\d+):(\d+) (Read|Write) (\d+)$/gm;

/** Returns the bytes that were read from and written to each device, of `io.stat` or `blkio.*io_service_bytes*`. */
export function deviceBytes(
  text: string,
  version: 1 | 2,
  names: ReadonlyMap<string, string>,
): readonly LabeledNumber[] {
  const found = version === 1 ? bytesV1(text) : bytesV2(text);
  const named = found.map(([major, minor, operation, value]): LabeledNumber => [
    [names.get(`${major}:${minor}`) ?? "", major, minor, operation],
    value,
  ]);
  return named.slice(0, MOST_LABELED);
}

type Found = readonly [major: string, minor: string, operation: string, value: number];

function bytesV1(text: string): Found[] {
  return [...text.matchAll(BYTES_V1)].map(([, major, minor, operation, value]) => [
    major!,
    minor!,
    operation!,
    Number(value),
  ]);
}

function bytesV2(text: string): Found[] {
  return [...text.matchAll(BYTES_V2)].flatMap(([, major, minor, pairs = ""]) =>
    ([["Read", "rbytes"], ["Write", "wbytes"]] as const).flatMap(([operation, key]): Found[] => {
      const value = new RegExp(` ${key}=(\\d{1,20})(?= |$)`).exec(pairs)?.[1];
      return value === undefined ? [] : [[major!, minor!, operation, Number(value)]];
    })
  );
}

/** Returns a sum over all devices in a file of version 1, such as `blkio.bfq.io_merged_recursive`. */
export function operationSum(text: string, operation: "Read" | "Write" | "Total"): number {
  const lines = text.matchAll(new RegExp(`^\\d+:\\d+ ${operation} (\\d{1,20})$`, "gm"));
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Returns the size of a page from the bytes of `/proc/self/auxv`; `undefined` if it is missing. */
export function pageBytesOf(auxv: Uint8Array): number | undefined {
  const view = new DataView(auxv.buffer, auxv.byteOffset, auxv.byteLength - auxv.byteLength % 16);
  for (let at = 0; at < view.byteLength; at += 16) {
    // AT_PAGESZ
    if (view.getBigUint64(at, true) === 6n) return Number(view.getBigUint64(at + 8, true)) || undefined;
  }
  return undefined;
}
