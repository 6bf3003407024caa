/** Files with several numbers, which are opened for one scrape and closed at once. */
import type { Labeled, LabeledNumber } from "../../docker/metrics/labeled.ts";
import type { RawTask } from "../../docker/metrics/raw.ts";
import type { V1Controller } from "../cgroup_path.ts";
import { type ContainerFiles, filePaths, firstText, type Mounts, readText } from "../container_files.ts";
import { valueOf, wholeNumber } from "../kernel_text.ts";
import { cpuTimes, deviceBytes, deviceNames, numaPages, pageBytesOf } from "./cgroup_text.ts";
import { hasNoTcp, hasNoTcp6, NO_CONNECTIONS, tcpStates, udpStates } from "./connections.ts";
import { readTasks } from "./tasks.ts";

/** Memory for a table of connections; a container with a longer one has no numbers of connections. */
const tableBuffer = new Uint8Array(512 * 1024);
/** Largest number of sizes of huge pages. */
const MOST_SIZES = 8;

/** Facts about the machine that the numbers need. */
export interface MachineNames {
  /** Names of block devices by their numbers, such as "8:0". */
  readonly devices: ReadonlyMap<string, string>;
  /** Size of a page; `undefined` if it is unknown. */
  readonly pageBytes: number | undefined;
}

/** Facts of one scrape. */
export interface ScrapeFacts extends MachineNames {
  /** Reads the tables of connections, too. */
  readonly connections?: boolean | undefined;
}

/** Reads the facts about the machine; what cannot be read is missing. */
export function machineNames({ proc }: Mounts): MachineNames {
  return { devices: deviceNames(firstText([`${proc}/partitions`]) ?? ""), pageBytes: pageBytes(proc) };
}

/** Numbers with labels, and the threads that the sums of the scheduler are made of. */
export interface LabeledTexts {
  readonly labeled: Labeled;
  readonly tasks: readonly RawTask[] | undefined;
}

/**
 * Reads the numbers with labels of a container.
 *
 * @param disk Text of its file about block devices.
 */
export function readLabeled(
  { paths, pid }: ContainerFiles,
  disk: string | undefined,
  mounts: Mounts,
  { devices, pageBytes, connections }: ScrapeFacts,
): LabeledTexts {
  const { version } = paths;
  const text = (controller: V1Controller, name: string) =>
    firstText(filePaths(paths, mounts.cgroup, controller, [name]));
  const list = version === 2 ? text("pids", "cgroup.threads") : text("pids", "tasks");
  const threads = readTasks(list, (id, file) => readText(`${mounts.proc}/${id}/${file}`));
  const labeled = {
    ...connections && connectionsOf(`${mounts.proc}/${pid}/net`),
    tasks: threads?.states,
    numaPages: numaPages(text("memory", "memory.numa_stat") ?? "", version, pageBytes),
    ...hugePages(filePaths(paths, mounts.cgroup, "hugetlb", [""]), version),
    deviceBytes: disk === undefined ? undefined : deviceBytes(disk, version, devices),
    ...version === 1 && cpuTimes(text("cpuacct", "cpuacct.usage_all") ?? ""),
  };
  return { labeled: known(labeled), tasks: threads?.tasks };
}

function pageBytes(proc: string): number | undefined {
  try {
    using file = Deno.openSync(`${proc}/self/auxv`);
    const bytes = new Uint8Array(1024);
    return pageBytesOf(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch {
    // It is hidden from this process.
    return undefined;
  }
}

function connectionsOf(folder: string): Readonly<Record<string, readonly LabeledNumber[] | undefined>> {
  const table = (name: string) => firstText([`${folder}/${name}`], tableBuffer) ?? "";
  const [counts, counts6] = [table("sockstat"), table("sockstat6")];
  // The kernel searches the connections of the whole machine for those of a network.
  const tcp = (name: string, isUnused: boolean) => isUnused ? NO_CONNECTIONS : tcpStates(table(name));
  return {
    tcp: tcp("tcp", hasNoTcp(counts)),
    tcp6: tcp("tcp6", hasNoTcp6(counts, counts6)),
    ...{ udp: udpStates(table("udp")), udp6: udpStates(table("udp6")) },
  };
}

/** Reads the huge pages of a container; only version 1 keeps their maximum. */
function hugePages(
  folders: readonly string[],
  version: 1 | 2,
): Readonly<Record<string, readonly LabeledNumber[]>> {
  const [folder, sizes] = pageSizes(folders, version === 1 ? "usage_in_bytes" : "current");
  if (sizes.length === 0) return {};
  const of = (name: string, read: (text: string) => number | undefined) =>
    sizes.flatMap((size): LabeledNumber[] => {
      const value = read(firstText([`${folder}hugetlb.${size}.${name}`]) ?? "");
      return value === undefined ? [] : [[[size], value]];
    });
  if (version === 2) {
    return {
      hugeUsage: of("current", wholeNumber),
      hugeFailures: of("events", (text) => valueOf(text, "max")),
    };
  }
  return {
    hugeUsage: of("usage_in_bytes", wholeNumber),
    hugeMax: of("max_usage_in_bytes", wholeNumber),
    hugeFailures: of("failcnt", wholeNumber),
  };
}

/** Returns the folder of the control group, and the sizes of huge pages that it has files for, such as "2MB". */
function pageSizes(folders: readonly string[], suffix: string): readonly [string, readonly string[]] {
  const pattern = new RegExp(`^hugetlb\\.(\\d{1,6}[KMG]B)\\.${suffix}$`);
  for (const folder of folders) {
    try {
      const sizes = [...Deno.readDirSync(folder)].flatMap(({ name }) => pattern.exec(name)?.[1] ?? []);
      return [folder, sizes.slice(0, MOST_SIZES)];
    } catch {
      // The group is in another place, or the machine has no huge pages.
    }
  }
  return ["", []];
}

function known<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: NonNullable<T[Key]> };
}
