/** Pure: the kernel's files about the whole machine → a reading of it. */
import type { CpuTime, MachineReading } from "../docker/engine.ts";
import { interfacesOf, wholeNumber } from "./kernel_text.ts";

/** Texts of the files below `/proc`; a file that cannot be read is empty. */
export interface MachineTexts {
  /** The lines of `/proc/stat` that begin with "cpu". */
  readonly stat: string;
  readonly meminfo: string;
  readonly loadavg: string;
  /** `/proc/1/net/dev`; that of the reader itself may belong to a container. */
  readonly network: string;
}

/**
 * Interfaces whose bytes also pass one of the machine's own interfaces, or never leave the machine: those of
 * containers and virtual machines, bridges, bonds, VLANs and tunnels.
 */
const INTERNAL =
  /^(?:lo|ifb|veth|br-|docker|podman|cni|cali|flannel|vxlan|kube|lxc|lxd|vir|vnet|vmbr|bond|team|dummy|tun|tap|wg|tailscale)|[.@:]/;

/** Converts the texts of one moment. */
export function machineReading(
  { stat, meminfo, loadavg, network }: MachineTexts,
  atMs: number,
): MachineReading {
  const [total, available] = [kilobytes(meminfo, "MemTotal"), kilobytes(meminfo, "MemAvailable")];
  return {
    atMs,
    cpu: cpuTime(stat) ?? null,
    memoryBytes: total !== undefined && available !== undefined ? Math.max(total - available, 0) : null,
    memoryTotalBytes: total ?? null,
    load: loadAverages(loadavg) ?? null,
    ...networkBytes(network),
  };
}

/** Returns the CPU time in ticks. Time that a hypervisor took is part of the total only. */
function cpuTime(stat: string): CpuTime | undefined {
  const columns = /^cpu +((?:\d+ ){7}\d+)(?: |\n|$)/.exec(stat)?.[1]?.split(" ").map(Number);
  const cpus = [...stat.matchAll(/^cpu\d+ /gm)].length;
  if (columns === undefined || cpus === 0) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = columns;
  const busy = user + nice + system + irq + softirq;
  return { busy, total: busy + idle + iowait + steal, cpus };
}

function kilobytes(meminfo: string, key: string): number | undefined {
  const digits = new RegExp(`^${key}: +(\\d+) kB$`, "m").exec(meminfo)?.[1];
  const size = wholeNumber(digits ?? "");
  return size === undefined ? undefined : size * 1024;
}

function loadAverages(text: string): [number, number, number] | undefined {
  const found = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+) /.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

function networkBytes(text: string): Pick<MachineReading, "networkRxBytes" | "networkTxBytes"> {
  const all = interfacesOf(text);
  if (all === undefined) return { networkRxBytes: null, networkTxBytes: null };
  let [networkRxBytes, networkTxBytes] = [0, 0];
  for (const [name, { rx_bytes, tx_bytes }] of all) {
    if (INTERNAL.test(name)) continue;
    networkRxBytes += rx_bytes;
    networkTxBytes += tx_bytes;
  }
  return { networkRxBytes, networkTxBytes };
}
