/** Further files of a container, which are opened for one scrape and closed at once. */
import type { V1Controller } from "./cgroup_path.ts";
import { type ContainerFiles, filePaths, firstText, type Mounts } from "./container_files.ts";

/** Largest number of processes whose open files are counted. */
const MOST_PROCESSES = 64;
/** Largest number of open files that are counted, of all processes of a container. */
const MOST_FILES = 10_000;

/** Controllers and possible names of files. */
type Places = Readonly<Record<string, readonly [V1Controller, ...string[]]>>;

/** A file of one version of the control groups, by the value that it holds. */
const V1_DETAILS = {
  throttling: ["cpu", "cpu.stat"],
  cpuUser: ["cpuacct", "cpuacct.usage_user"],
  cpuSystem: ["cpuacct", "cpuacct.usage_sys"],
  memoryMax: ["memory", "memory.max_usage_in_bytes"],
  memoryFailures: ["memory", "memory.failcnt"],
  oomControl: ["memory", "memory.oom_control"],
  diskRequests: ["blkio", "blkio.throttle.io_serviced_recursive"],
  diskMerged: ["blkio", "blkio.bfq.io_merged_recursive", "blkio.io_merged_recursive"],
  threadsMax: ["pids", "pids.max"],
  processes: ["pids", "cgroup.procs"],
} as const satisfies Places;

/** Files that exist only together with `diskMerged`; a search for missing files is slow. */
const V1_DISK_DETAILS = {
  diskTimes: ["blkio", "blkio.bfq.io_service_time_recursive", "blkio.io_service_time_recursive"],
  diskQueued: ["blkio", "blkio.bfq.io_queued_recursive", "blkio.io_queued_recursive"],
} as const satisfies Places;

const V2_DETAILS = {
  memoryMax: ["memory", "memory.peak"],
  memoryFailures: ["memory", "memory.events"],
  memorySwap: ["memory", "memory.swap.current"],
  cpuPressure: ["cpu", "cpu.pressure"],
  memoryPressure: ["memory", "memory.pressure"],
  diskPressure: ["blkio", "io.pressure"],
  threadsMax: ["pids", "pids.max"],
  processes: ["pids", "cgroup.procs"],
} as const satisfies Places;

type DetailKind = keyof typeof V1_DETAILS | keyof typeof V1_DISK_DETAILS | keyof typeof V2_DETAILS;

/** Texts of the further files; a file that cannot be read is missing. */
export type DetailTexts =
  & Readonly<Partial<Record<DetailKind, string>>>
  & {
    /** Open files of all processes; missing where the kernel refuses them. */
    readonly open?: OpenFiles;
    /** `/proc/PID/limits` of the first process. */
    readonly limits?: string;
  };

/** Numbers of files that processes have open, and of the sockets among them. */
export interface OpenFiles {
  readonly files: number;
  readonly sockets: number;
}

/** Reads the further files of a container. */
export function readDetailTexts({ paths, pid }: ContainerFiles, mounts: Mounts): DetailTexts {
  const textsOf = (places: Places): Partial<Record<DetailKind, string>> =>
    Object.fromEntries(
      Object.entries(places).flatMap(([kind, [controller, ...names]]) => {
        const text = firstText(filePaths(paths, mounts.cgroup, controller, names));
        return text === undefined ? [] : [[kind, text] as const];
      }),
    );
  const texts = textsOf(paths.version === 2 ? V2_DETAILS : V1_DETAILS);
  const more = texts.diskMerged === undefined ? {} : textsOf(V1_DISK_DETAILS);
  const open = countOpenFiles(texts.processes ?? "", mounts.proc);
  const limits = firstText([`${mounts.proc}/${pid}/limits`]);
  return { ...texts, ...more, ...open && { open }, ...limits !== undefined && { limits } };
}

/** Counts the open files of all processes; `undefined` when one of them is not shown. */
function countOpenFiles(processes: string, proc: string): OpenFiles | undefined {
  const pids = processes.split("\n").filter((pid) => /^\d+$/.test(pid));
  if (pids.length === 0 || pids.length > MOST_PROCESSES) return undefined;
  let files = 0;
  let sockets = 0;
  try {
    for (const pid of pids) {
      for (const { name } of Deno.readDirSync(`${proc}/${pid}/fd`)) {
        if (++files > MOST_FILES) return undefined;
        if (isSocket(`${proc}/${pid}/fd/${name}`)) sockets++;
      }
    }
  } catch {
    return undefined;
  }
  return { files, sockets };
}

function isSocket(path: string): boolean {
  try {
    return Deno.readLinkSync(path).startsWith("socket:[");
  } catch {
    // The file was closed meanwhile.
    return false;
  }
}
