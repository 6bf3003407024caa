/** Frames of `/docker/stats`. Keys and units are a promise to clients; `docs/protocol.md` describes them. */
import * as v from "valibot";
import { containerId, count, described, finite } from "./schema.ts";

/** States of a container as engines name them, and `removed`, which is sent once and last. */
export const CONTAINER_STATES = [
  "created",
  "running",
  "paused",
  "restarting",
  "removing",
  "exited",
  "dead",
  "removed",
] as const;

/** One of {@linkcode CONTAINER_STATES}. */
export type ContainerState = (typeof CONTAINER_STATES)[number];

const basics = {
  id: containerId,
  hostId: v.string(),
  name: v.string(),
  image: v.string(),
  status: described(v.string(), 'Status text of `docker ps`, such as "Up 2 hours".'),
  state: v.picklist(CONTAINER_STATES),
  cpuUsage: described(finite, "Percent of one core, as in `docker stats`; 0 when not running or unreadable."),
  memoryUsage: described(
    finite,
    "Percent of the container's limit, as in `docker stats`; 0 when not running or unreadable.",
  ),
};

/** One container at one moment: a message of `/docker/stats`. */
export const StatsMessage = v.strictObject(basics);

/** A message in the shape of {@linkcode StatsMessage}. */
export type StatsMessage = Readonly<v.InferOutput<typeof StatsMessage>>;

/** One container with `detail=full`; `null` where the engine does not report it. Totals count since the start. */
export const DetailedStatsMessage = v.strictObject({
  ...basics,
  cpuUsage: described(v.nullable(finite), "As without `detail`; `null` when it cannot be read now."),
  memoryUsage: described(v.nullable(finite), "As without `detail`; `null` when it cannot be read now."),
  timestamp: described(v.nullable(v.string()), "The engine's own `read` time, ISO 8601."),
  onlineCpus: v.nullable(count),
  memoryBytes: described(v.nullable(finite), "Without the page cache, as `docker stats` prints it."),
  memoryLimitBytes: v.nullable(finite),
  networkRxBytes: described(v.nullable(finite), "Since the container started."),
  networkTxBytes: described(v.nullable(finite), "Since the container started."),
  blockReadBytes: described(v.nullable(finite), "Since the container started."),
  blockWriteBytes: described(v.nullable(finite), "Since the container started."),
  pids: v.nullable(count),
  health: described(
    v.nullable(v.string()),
    "`healthy`, `unhealthy`, `starting`, or `null` without a health check.",
  ),
  project: described(v.nullable(v.string()), "Compose project or Swarm stack, from the container's labels."),
  service: described(v.nullable(v.string()), "Service of Compose or Swarm, from the container's labels."),
  stale: described(
    v.boolean(),
    "True when the host is silent or the container's numbers cannot be read; the numbers are then `null`.",
  ),
  cpuLimit: described(
    v.nullable(finite),
    "Number of cores that the container may use together; `null` without a limit.",
  ),
  memoryLimited: described(v.nullable(v.boolean()), "True if the container has a memory limit."),
  restartCount: described(v.nullable(count), "Number of restarts by its restart policy."),
  exitCode: described(
    v.nullable(v.pipe(v.number(), v.integer())),
    "Of the last run; `null` while it runs and before its first end.",
  ),
  oomKilled: described(
    v.nullable(v.boolean()),
    "True when the kernel killed its last run for lack of memory.",
  ),
  startedAt: described(v.nullable(v.string()), "Start of the last run, ISO 8601, UTC."),
  finishedAt: described(v.nullable(v.string()), "End of the last run that has ended, ISO 8601, UTC."),
  networkOf: described(
    v.nullable(v.string()),
    "Id of the container whose network namespace it shares; both then report the same traffic.",
  ),
  hidden: described(v.boolean(), "True with the label `dockstat.hide=true`: the dashboard hides it."),
});

/** A message in the shape of {@linkcode DetailedStatsMessage}. */
export type DetailedStatsMessage = Readonly<v.InferOutput<typeof DetailedStatsMessage>>;

/** A point of history: `[epochMs, cpuUsage, memoryUsage, rx, tx, blockRead, blockWrite]`, the last four in bytes/s. */
export const HistoryPoint = v.strictTuple([
  count,
  v.nullable(finite),
  v.nullable(finite),
  v.nullable(finite),
  v.nullable(finite),
  v.nullable(finite),
  v.nullable(finite),
]);

/** A point in the shape of {@linkcode HistoryPoint}. */
export type HistoryPoint = Readonly<v.InferOutput<typeof HistoryPoint>>;

/** Points collected so far of one container, oldest first; sent before the snapshot. */
export const HistoryMessage = v.strictObject({
  id: containerId,
  hostId: v.string(),
  history: v.array(HistoryPoint),
});

/** A frame in the shape of {@linkcode HistoryMessage}. */
export interface HistoryMessage {
  readonly id: string;
  readonly hostId: string;
  readonly history: readonly HistoryPoint[];
}

/** A socket that has fallen back from an interval below one second, and the reason. */
export const IntervalNotice = v.strictObject({ hostId: v.string(), intervalMs: count, reason: v.string() });

/** A frame in the shape of {@linkcode IntervalNotice}. */
export type IntervalNotice = Readonly<v.InferOutput<typeof IntervalNotice>>;

/** A host that cannot be read (`error` is the reason), or can be read again (`error` is `null`). */
export const HostNotice = v.strictObject({
  hostId: described(v.nullable(v.string()), "Null when a changed configuration was not applied."),
  error: v.nullable(v.string()),
});

/** A frame in the shape of {@linkcode HostNotice}. */
export type HostNotice = Readonly<v.InferOutput<typeof HostNotice>>;
