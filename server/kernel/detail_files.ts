/** Further files of a container, which are opened for one scrape and closed at once. */
import type { V1Controller } from "./cgroup_path.ts";
import { type ContainerFiles, filePaths, type Mounts, readText } from "./container_files.ts";

/** Largest number of processes whose open files are counted. */
const MOST_PROCESSES = 64;
/** Largest number of open files that are counted, of all processes of a container. */
const MOST_FILES = 10_000;

/** A file of one version of the control groups, by the value that it holds. */
const V1_DETAILS = {
  throttling: ["cpu", "cpu.stat"],
  cpuUser: ["cpuacct", "cpuacct.usage_user"],
  cpuSystem: ["cpuacct", "cpuacct.usage_sys"],
  memoryMax: ["memory", "memory.max_usage_in_bytes"],
  memoryFailures: ["memory", "memory.failcnt"],
  diskRequests: ["blkio", "blkio.throttle.io_serviced_recursive"],
  processes: ["pids", "cgroup.procs"],
} as const satisfies Readonly<Record<string, readonly [V1Controller, string]>>;

const V2_DETAILS = {
  memoryMax: ["memory", "memory.peak"],
  memoryFailures: ["memory", "memory.events"],
  memorySwap: ["memory", "memory.swap.current"],
  processes: ["pids", "cgroup.procs"],
} as const satisfies Readonly<Record<string, readonly [V1Controller, string]>>;

/** Texts of the further files; a file that cannot be read is missing. */
export type DetailTexts =
  & Readonly<Partial<Record<keyof typeof V1_DETAILS | keyof typeof V2_DETAILS, string>>>
  & { /** Number of open files; missing where the kernel refuses it. */ readonly openFiles?: number };

/** Reads the further files of a container. */
export function readDetailTexts({ paths }: ContainerFiles, mounts: Mounts): DetailTexts {
  const files = Object.entries(paths.version === 2 ? V2_DETAILS : V1_DETAILS);
  const texts: DetailTexts = Object.fromEntries(
    files.flatMap(([kind, [controller, name]]) => {
      const text = firstText(filePaths(paths, mounts.cgroup, controller, [name]));
      return text === undefined ? [] : [[kind, text] as const];
    }),
  );
  const openFiles = countOpenFiles(texts.processes ?? "", mounts.proc);
  return { ...texts, ...openFiles !== undefined && { openFiles } };
}

function firstText(candidates: readonly string[]): string | undefined {
  for (const path of candidates) {
    try {
      return readText(path);
    } catch {
      // A machine may lack a file, and a reader in a container may not be allowed to read it.
    }
  }
  return undefined;
}

/** Counts the open files of all processes; `undefined` when one of them is not shown. */
function countOpenFiles(processes: string, proc: string): number | undefined {
  const pids = processes.split("\n").filter((pid) => /^\d+$/.test(pid));
  if (pids.length === 0 || pids.length > MOST_PROCESSES) return undefined;
  let count = 0;
  try {
    for (const pid of pids) {
      for (const _file of Deno.readDirSync(`${proc}/${pid}/fd`)) {
        if (++count > MOST_FILES) return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return count;
}
