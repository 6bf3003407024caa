/** Resource use of processes, from Linux. */

/** Clock ticks per second in /proc; 100 on all common Linux systems. */
const TICKS = 100;

/** Returns the CPU seconds of a process since its start, over all threads. */
export function cpuSeconds(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The name in parentheses may contain spaces, so the fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Returns the resident memory of a process, in megabytes. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes) * 1024 / 1e6;
}

/** Finds the processes of an engine: dockerd by its pid file, and the containerd that it started. */
export function engineProcesses(pidFile: string): { readonly dockerd: number; readonly containerd: number } {
  const dockerd = Number(Deno.readTextFileSync(pidFile));
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, comm, , parent] =
        /^\d+ \((.*)\) (\S) (\d+)/.exec(Deno.readTextFileSync(`/proc/${name}/stat`)) ?? [];
      if (comm === "containerd" && Number(parent) === dockerd) return { dockerd, containerd: Number(name) };
    } catch (error) {
      // The process has exited.
      if (!(error instanceof Deno.errors.NotFound) && !(error instanceof Error)) throw error;
    }
  }
  throw new Error(`Cannot find the containerd of process ${dockerd}`);
}

/** Measures the CPU use of each process over a time, in cores. */
export async function coresUsed(pids: readonly number[], seconds: number): Promise<number[]> {
  const start = performance.now();
  const before = pids.map(cpuSeconds);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - start) / 1000;
  return pids.map((pid, index) => (cpuSeconds(pid) - before[index]!) / elapsed);
}

/** Returns the median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
