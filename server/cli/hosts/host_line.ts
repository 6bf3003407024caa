/** Pure: the numbers of a host's machine as text. */
import type { HostUsage } from "../../protocol/hosts.ts";
import { byteText } from "../byte_text.ts";

/** Returns the numbers of a host on one line; those that are unknown are left out. */
export function hostLine(hostId: string, usage: HostUsage): string {
  const { networkRxBytes, networkTxBytes } = usage;
  const parts = [
    cpu(usage),
    pair("memory", usage.hostMemoryBytes, usage.hostMemoryTotalBytes),
    usage.load1 === null ? "" : `load ${loads(usage)}`,
    pair("disk", usage.diskUsedBytes, usage.diskTotalBytes),
    networkRxBytes === null ? "" : `network ${byteText(networkRxBytes)} / ${byteText(networkTxBytes)}`,
  ];
  return `${hostId}: ${parts.filter((part) => part !== "").join(", ")}`;
}

/** Returns the load averages, "-" if they are unknown. */
export function loads({ load1, load5, load15 }: HostUsage): string {
  return load1 === null ? "-" : [load1, load5, load15].map((load) => load?.toFixed(2) ?? "-").join(" ");
}

function cpu({ hostCpuUsage, onlineCpus }: HostUsage): string {
  const cpus = onlineCpus === null ? "" : `${onlineCpus} ${onlineCpus === 1 ? "CPU" : "CPUs"}`;
  if (hostCpuUsage === null) return cpus;
  return `CPU ${hostCpuUsage.toFixed(2)}%${cpus === "" ? "" : ` of ${cpus}`}`;
}

function pair(name: string, used: number | null, total: number | null): string {
  if (total === null) return "";
  return used === null ? `${name} ${byteText(total)}` : `${name} ${byteText(used)} / ${byteText(total)}`;
}
