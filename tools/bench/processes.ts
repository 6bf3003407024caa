/** Resource use of processes, from Linux. */
import { pause } from "./run.ts";

/** Clock ticks per second in /proc; 100 on all common Linux systems. */
const TICKS = 100;

/** Returns the CPU seconds of a process since its start, over all threads. */
export function cpuSeconds(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The name in parentheses may contain spaces, so the fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Returns the CPU seconds of each thread of some processes; a process that has ended has none. */
function threadSeconds(pids: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const pid of pids) {
    try {
      for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
        const [ns] = Deno.readTextFileSync(`/proc/${pid}/task/${name}/schedstat`).split(" ");
        found.set(name, Number(ns) / 1e9);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return found;
}

/** Returns the CPU seconds of a process that has just started, without the rounding of {@linkcode cpuSeconds}. */
export function exactCpuSeconds(pid: number): number {
  return sum([...threadSeconds([pid]).values()]);
}

/** Returns the resident memory of a process, in megabytes. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes) * 1024 / 1e6;
}

/** The processes of an engine. */
export interface EngineProcesses {
  readonly dockerd: number;
  readonly containerd: number;
  /** Text in the command line of the shims, which is the address of their containerd. */
  readonly address: string;
}

/** Finds the processes of an engine: dockerd by its pid file, and the containerd that it started. */
export function engineProcesses(pidFile: string): EngineProcesses {
  const dockerd = Number(Deno.readTextFileSync(pidFile));
  const containerd = childrenOf(dockerd).find((pid) => commandOf(pid).includes("containerd"));
  if (containerd === undefined) throw new Error(`Cannot find the containerd of process ${dockerd}`);
  const config = commandOf(containerd).split("\0").find((arg) => arg.endsWith("containerd.toml"));
  if (config === undefined) throw new Error(`Cannot find the configuration of process ${containerd}`);
  return { dockerd, containerd, address: config.replace(/[^/]*$/, "containerd.sock") };
}

/** Returns the command line of a process, empty once it has ended. */
function commandOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/cmdline`);
  } catch {
    return "";
  }
}

function allProcesses(): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter(Number.isInteger);
}

/** Returns the processes that a process has started. */
export function childrenOf(parent: number): number[] {
  return allProcesses().filter((pid) => {
    try {
      const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
      return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]) === parent;
    } catch {
      // The process has ended.
      return false;
    }
  });
}

/** CPU of a monitor and of the engine that it asks, in cores. */
export interface Cost {
  /** The monitor with the processes that it has started. */
  readonly monitor: number;
  /** dockerd, containerd and the shims of the containers. */
  readonly engine: number;
}

/** Measures the CPU of a monitor, `undefined` for none, and of an engine. */
export async function costOf(
  { dockerd, containerd, address }: EngineProcesses,
  monitor: number | undefined,
  seconds: number,
): Promise<Cost> {
  const monitors = monitor === undefined ? [] : [monitor, ...childrenOf(monitor)];
  const shims = allProcesses().filter((pid) => commandOf(pid).includes(address) && pid !== containerd);
  const engines = [dockerd, containerd, ...shims];
  const start = performance.now();
  const before = [threadSeconds(monitors), threadSeconds(engines)] as const;
  await pause(seconds);
  const elapsed = (performance.now() - start) / 1000;
  return {
    monitor: usedSince(before[0], monitors) / elapsed,
    engine: usedSince(before[1], engines) / elapsed,
  };
}

/** Returns the CPU seconds of processes since an earlier reading of their threads. */
function usedSince(before: ReadonlyMap<string, number>, pids: readonly number[]): number {
  return sum([...threadSeconds(pids)].map(([thread, seconds]) => seconds - (before.get(thread) ?? 0)));
}

/** Measures the CPU use of each process over a time, in cores. */
export async function coresUsed(pids: readonly number[], seconds: number): Promise<number[]> {
  const start = performance.now();
  const before = pids.map(cpuSeconds);
  await pause(seconds);
  const elapsed = (performance.now() - start) / 1000;
  return pids.map((pid, index) => (cpuSeconds(pid) - before[index]!) / elapsed);
}

/** Returns the median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
