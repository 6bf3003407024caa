/** Pure: the numbers of a host card. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { HostRow } from "../model/host_usage.ts";
import { shareOf } from "../model/host_usage.ts";
import { NO_RATES } from "../model/rates.ts";
import type { Totals } from "../model/totals.ts";

/** Facts about a host; `null` where a value is unknown. */
export interface HostFacts {
  readonly hostId: string;
  /** Start of the silence, epoch ms; `null` while the host answers. */
  readonly silentSince: number | null;
  readonly totals: Totals;
  /** True when CPU and memory are those of the containers, because the host's own are unknown. */
  readonly ofContainers: boolean;
  /** Percent of one core. */
  readonly cpu: number | null;
  readonly cores: number | null;
  readonly memoryBytes: number | null;
  readonly memoryTotalBytes: number | null;
  readonly diskUsedBytes: number | null;
  readonly diskTotalBytes: number | null;
  /** Load averages over 1, 5 and 15 minutes. */
  readonly loads: readonly [number, number, number] | null;
}

const NO_TOTALS: Totals = {
  ...{ containers: 0, running: 0, paused: 0, restarting: 0, silent: 0 },
  ...{ cpu: 0, memoryBytes: 0, rates: NO_RATES },
};

/** Returns the facts of a host. */
export function hostFacts(
  { hostId, state, since, cpus, memoryBytes }: HostReport,
  totals: Totals = NO_TOTALS,
  row: HostRow | undefined,
): HostFacts {
  const isSilent = state === "down";
  const usage = isSilent ? undefined : row?.newest;
  const ofContainers = usage === undefined || usage.hostCpuUsage === null;
  const isKnown = !isSilent && totals.silent < Math.max(totals.containers, 1);
  const own = (value: number | null | undefined, ofAll: number) => value ?? (isKnown ? ofAll : null);
  return {
    hostId,
    silentSince: isSilent ? Date.parse(since) : null,
    totals,
    ofContainers,
    cpu: own(usage?.hostCpuUsage, totals.cpu),
    cores: usage?.onlineCpus ?? cpus,
    memoryBytes: own(usage?.hostMemoryBytes, totals.memoryBytes),
    memoryTotalBytes: usage?.hostMemoryTotalBytes ?? memoryBytes,
    diskUsedBytes: usage?.diskUsedBytes ?? null,
    diskTotalBytes: usage?.diskTotalBytes ?? null,
    loads: loadsOf(usage),
  };
}

function loadsOf(usage: HostRow["newest"] | undefined): HostFacts["loads"] {
  if (usage === undefined) return null;
  const { load1, load5, load15 } = usage;
  return load1 === null || load5 === null || load15 === null ? null : [load1, load5, load15];
}

/** Returns the shares of CPU, memory and disk that are in use, percent; `null` where unknown. */
export function sharesOf(
  facts: HostFacts,
): { readonly cpu: number | null; readonly memory: number | null; readonly disk: number | null } {
  return {
    cpu: shareOf(facts.cpu, facts.cores === null ? null : facts.cores * 100),
    memory: shareOf(facts.memoryBytes, facts.memoryTotalBytes),
    disk: shareOf(facts.diskUsedBytes, facts.diskTotalBytes),
  };
}

/** Returns one host that stands for all: sums, and the disk that is fullest. */
export function allHosts(hosts: readonly HostFacts[], hostId: string): HostFacts {
  const up = hosts.filter(({ silentSince }) => silentSince === null);
  const fullest = up.toSorted((one, other) => (sharesOf(other).disk ?? -1) - (sharesOf(one).disk ?? -1))[0];
  const add = (of: (facts: HostFacts) => number | null) =>
    up.reduce<number | null>((sum, facts) => {
      const value = of(facts);
      return value === null ? sum : (sum ?? 0) + value;
    }, null);
  return {
    hostId,
    silentSince: null,
    totals: addTotals(hosts.map(({ totals }) => totals)),
    ofContainers: up.some(({ ofContainers }) => ofContainers),
    cpu: add(({ cpu }) => cpu),
    cores: add(({ cores }) => cores),
    memoryBytes: add(({ memoryBytes }) => memoryBytes),
    memoryTotalBytes: add(({ memoryTotalBytes }) => memoryTotalBytes),
    diskUsedBytes: fullest?.diskUsedBytes ?? null,
    diskTotalBytes: fullest?.diskTotalBytes ?? null,
    loads: null,
  };
}

function addTotals(all: readonly Totals[]): Totals {
  return all.reduce((sum, one) => ({
    ...sum,
    containers: sum.containers + one.containers,
    running: sum.running + one.running,
    paused: sum.paused + one.paused,
    restarting: sum.restarting + one.restarting,
    silent: sum.silent + one.silent,
  }), NO_TOTALS);
}
