/** Kept history: curves of containers and hosts, downsampled. */
import * as v from "valibot";
import { containerId, count, described, finite } from "../schema.ts";

/** Columns of a container. */
export const CONTAINER_COLUMNS = [
  "cpuUsage",
  "memoryUsage",
  "networkRxBytesPerSecond",
  "networkTxBytesPerSecond",
  "blockReadBytesPerSecond",
  "blockWriteBytesPerSecond",
] as const;

/** Columns of a host. */
export const HOST_COLUMNS = [
  "hostCpuUsage",
  "hostMemoryUsage",
  "networkRxBytesPerSecond",
  "networkTxBytesPerSecond",
  "load1",
  "diskUsage",
] as const;

/** Returns the names of a row's cells: the time, then mean, minimum, maximum and time of the maximum of each column. */
export function cellNames(columns: readonly string[]): string[] {
  return ["epochMs", ...["", "Min", "Max", "MaxAt"].flatMap((part) => columns.map((name) => name + part))];
}

/** Reasons for a gap. */
export const GAP_REASONS = [
  "dockstat-stopped",
  "host-down",
  "not-collected",
  "not-running",
  "unreadable",
  "unknown",
] as const;

/** One of {@linkcode GAP_REASONS}. */
export type GapReason = (typeof GAP_REASONS)[number];

/** A time span without samples, and its reason. */
export const Gap = v.strictObject({
  from: described(count, "Start, ms by DockStat's clock."),
  to: described(count, "End, ms by DockStat's clock."),
  reason: described(
    v.picklist(GAP_REASONS),
    "DockStat did not run, could not reach the host, or did not collect because no client watched; the container " +
      "did not run; the host's numbers could not be read; or it was not recorded.",
  ),
});

/** A gap in the shape of {@linkcode Gap}. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly reason: GapReason;
}

const row = v.pipe(
  v.array(v.nullable(finite)),
  v.minLength(1 + 4 * CONTAINER_COLUMNS.length),
  v.maxLength(1 + 4 * CONTAINER_COLUMNS.length),
);

const curve = {
  key: described(
    v.string(),
    "`host/project/service/number` or `host/name`, the same for a recreated container; the id of a host for a host.",
  ),
  resolutionMs: described(count, "Time span of a row, ms; rows without samples are left out."),
  columns: described(
    v.array(v.string()),
    "Names of the cells: `epochMs`, the mean of each column under its name, then `…Min`, `…Max` and `…MaxAt`.",
  ),
  history: described(v.array(row), "Oldest first; times in ms by DockStat's clock."),
};

/** History of one container with `points=`; sent before the snapshot. */
export const CurveMessage = v.strictObject({ id: containerId, hostId: v.string(), ...curve });

/** A frame in the shape of {@linkcode CurveMessage}. */
export interface CurveMessage extends CurveRows {
  readonly id: string;
  readonly hostId: string;
  readonly key: string;
}

/** Rows of a curve. */
export interface CurveRows {
  readonly resolutionMs: number;
  readonly columns: readonly string[];
  readonly history: readonly (readonly (number | null)[])[];
}

/** One container or host in the answer of `GET /history`. */
export const KeptCurve = v.strictObject({
  kind: v.picklist(["container", "host"]),
  id: described(v.nullable(containerId), "Newest container of the line; `null` for a host."),
  hostId: v.string(),
  name: v.string(),
  project: v.nullable(v.string()),
  service: v.nullable(v.string()),
  ...curve,
  gaps: described(v.array(Gap), "Time spans of at least 10 s without samples, oldest first."),
});

/** An item in the shape of {@linkcode KeptCurve}. */
export interface KeptCurve extends CurveRows {
  readonly kind: "container" | "host";
  readonly id: string | null;
  readonly hostId: string;
  readonly key: string;
  readonly name: string;
  readonly project: string | null;
  readonly service: string | null;
  readonly gaps: readonly Gap[];
}

/** The answer of `GET /history`. */
export const KeptHistory = v.strictObject({
  since: described(v.string(), "ISO 8601, UTC."),
  until: described(v.string(), "ISO 8601, UTC."),
  series: v.array(KeptCurve),
});
