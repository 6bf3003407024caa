/** Pure: the machine of the simulated engine, which is as large as its containers need. */
import type { MachineAndDisk } from "../engine.ts";
import type { SimulatedContainer } from "./simulated_containers.ts";

/** Highest use of a container's CPU, as a multiple of its mean. */
const PEAK = 1.8;
/** Cores that the machine uses beside its containers; they cover the short-lived one at its peak. */
const SYSTEM_CORES = 1.4;
const SMALLEST_CPUS = 4;
const GIB = 1024 ** 3;
const SMALLEST_MEMORY = 8 * GIB;
/** Memory that the machine uses beside its containers. */
const SYSTEM_MEMORY = 0.75 * GIB;
/** The same for received bytes per second. */
const SYSTEM_NETWORK = 800_000;
const SMALLEST_DISK = 256 * GIB;

/** Size of a machine. */
export interface MachineSize {
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** Returns the size of a machine with room for all containers at their peaks. */
export function machineSize(containers: readonly SimulatedContainer[]): MachineSize {
  const cores = containers.reduce((sum, one) => sum + one.cores * PEAK, SYSTEM_CORES);
  const memory = containers.reduce((sum, one) => sum + one.memory.limit / 2, SYSTEM_MEMORY);
  return {
    cpus: Math.max(SMALLEST_CPUS, powerOfTwo(cores)),
    memoryBytes: Math.max(SMALLEST_MEMORY, powerOfTwo(memory / GIB) * GIB),
  };
}

/**
 * Returns the numbers of the machine.
 *
 * @param uptime Time since its start, s.
 */
export function simulatedMachine(
  containers: readonly SimulatedContainer[],
  { cpus, memoryBytes }: MachineSize,
  uptime: number,
  atMs: number,
): MachineAndDisk {
  const running = containers.filter(({ container }) => container.state === "running");
  const busyAt = (seconds: number) => sum(running, ({ cpu }) => cpu.total(seconds)) + SYSTEM_CORES * seconds;
  const busy = busyAt(uptime);
  const load = (minutes: number) => round((busy - busyAt(uptime - minutes * 60)) / (minutes * 60));
  const network = sum(running, ({ network }) => network.total(uptime)) + SYSTEM_NETWORK * uptime;
  const paused = containers.filter(({ container }) => container.state === "paused");
  const used = sum(running, ({ memory }) => memory.at(uptime)) + sum(paused, ({ memory }) => memory.at(1));
  const written = sum(running, ({ block }) => block.total(uptime)) / 2;
  return {
    machine: {
      atMs,
      cpu: { busy, total: uptime * cpus, cpus },
      memoryBytes: Math.round(used + SYSTEM_MEMORY),
      memoryTotalBytes: memoryBytes,
      load: [load(1), load(5), load(15)],
      networkRxBytes: Math.round(network),
      networkTxBytes: Math.round(network / 3),
    },
    disk: diskOf(written, containers.length),
  };
}

/** A tenth of what is written stays, and grows into the free half. */
function diskOf(written: number, containers: number): MachineAndDisk["disk"] {
  const totalBytes = Math.max(SMALLEST_DISK, powerOfTwo(containers) * GIB);
  return { totalBytes, usedBytes: Math.round(Math.min(totalBytes * 0.4 + written / 10, totalBytes * 0.95)) };
}

function sum(
  containers: readonly SimulatedContainer[],
  value: (one: SimulatedContainer) => number,
): number {
  return containers.reduce((total, one) => total + value(one), 0);
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

function round(load: number): number {
  return Math.round(load * 100) / 100;
}
