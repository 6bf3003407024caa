/** Usage of the hosts' own CPU, memory and disk, as `hosts=1` of `/docker/stats` reports it. */
import { SecondsRing } from "./seconds_ring.ts";

/** One frame of a host; `null` where a value is unknown. */
export interface HostUsage {
  readonly hostId: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** Percent of one core. */
  readonly hostCpuUsage: number | null;
  readonly onlineCpus: number | null;
  /** Total minus available memory. */
  readonly hostMemoryBytes: number | null;
  readonly hostMemoryTotalBytes: number | null;
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
  readonly diskUsedBytes: number | null;
  readonly diskTotalBytes: number | null;
  readonly networkRxBytes: number | null;
  readonly networkTxBytes: number | null;
}

/** Time span of a host's small curve, s. */
export const HOST_SECONDS = 120;

/** Newest usage of a host, and its load of the last minutes. */
export class HostRow {
  /** Load average over one minute. */
  readonly load = new SecondsRing(HOST_SECONDS);

  constructor(public newest: HostUsage) {
    this.update(newest);
  }

  /** Applies a frame. */
  update(usage: HostUsage): void {
    this.newest = usage;
    const second = Math.floor(Date.parse(usage.timestamp) / 1000);
    if (usage.load1 !== null && !Number.isNaN(second)) this.load.put(second, usage.load1);
  }
}

/** Returns true for the frame of a host. */
export function isHostUsage(frame: object): frame is HostUsage {
  return "hostCpuUsage" in frame;
}

/** Returns a share in percent; `null` when one of the numbers is unknown or there is no total. */
export function shareOf(used: number | null, total: number | null): number | null {
  return used === null || total === null || total <= 0 ? null : used / total * 100;
}
