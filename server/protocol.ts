/**
 * Every message on the wire, as schemas: the types come from them, tests hold real frames against them.
 * Keys and units are a promise to clients; `docs/protocol.md` tells them in prose.
 */
import * as v from "valibot";

/** The states of a container, as the engine calls them, and `removed`, which is sent once and last. */
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

/** The first frame of every socket. */
export const GREETING = { message: "Connection established" } as const;

const containerId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const finite = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(finite, v.integer());

const seed = {
  id: containerId,
  hostId: v.string(),
  name: v.string(),
  image: v.string(),
  /** The human text of `docker ps`, such as "Up 2 hours". */
  status: v.string(),
  state: v.picklist(CONTAINER_STATES),
  /** Percent of one core, the number of `docker stats`; 0 when not running. */
  cpuUsage: finite,
  /** Percent of the container's limit, the number of `docker stats`; 0 when not running. */
  memoryUsage: finite,
};

/** One container, now: a message of `/docker/stats`. */
export const StatsMessage = v.strictObject(seed);
/** One container, now, in the shape of {@linkcode StatsMessage}. */
export type StatsMessage = Readonly<v.InferOutput<typeof StatsMessage>>;

/** One container, now, with `detail=full`; `null` where the engine does not say. Totals count since the start. */
export const DetailedStatsMessage = v.strictObject({
  ...seed,
  /** The engine's own `read` time, ISO 8601. */
  timestamp: v.nullable(v.string()),
  onlineCpus: v.nullable(count),
  memoryBytes: v.nullable(finite),
  memoryLimitBytes: v.nullable(finite),
  networkRxBytes: v.nullable(finite),
  networkTxBytes: v.nullable(finite),
  blockReadBytes: v.nullable(finite),
  blockWriteBytes: v.nullable(finite),
  pids: v.nullable(count),
  /** `healthy`, `unhealthy`, `starting`, or `null` without a health check. */
  health: v.nullable(v.string()),
  /** The Compose project, from the container's labels. */
  project: v.nullable(v.string()),
  /** The Compose service, from the container's labels. */
  service: v.nullable(v.string()),
  /** True when the host has gone silent: the numbers are its last ones. */
  stale: v.boolean(),
});
/** One container, now, in the shape of {@linkcode DetailedStatsMessage}. */
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

/** What was already collected of one container, oldest first; sent before the snapshot. */
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

/** A host that cannot be read (`error` is its words), or can again (`error` is `null`). */
export const HostNotice = v.strictObject({ hostId: v.string(), error: v.nullable(v.string()) });
/** A frame in the shape of {@linkcode HostNotice}. */
export type HostNotice = Readonly<v.InferOutput<typeof HostNotice>>;

/** The states of a host. */
export const HOST_STATES = ["connecting", "up", "down"] as const;
/** One of {@linkcode HOST_STATES}. */
export type HostState = (typeof HOST_STATES)[number];

/** One host of `GET /docker/hosts`; the engine's facts are `null` until it has answered once. */
export const HostReport = v.strictObject({
  hostId: v.string(),
  /** Where the engine is reached, without credentials. */
  url: v.string(),
  state: v.picklist(HOST_STATES),
  /** When this state began, ISO 8601. */
  since: v.string(),
  error: v.nullable(v.string()),
  /** Product and version, such as "Docker 28.5.2". */
  engine: v.nullable(v.string()),
  apiVersion: v.nullable(v.string()),
  os: v.nullable(v.string()),
  cpus: v.nullable(count),
  memoryBytes: v.nullable(finite),
  containers: v.nullable(count),
});
/** A host in the shape of {@linkcode HostReport}. */
export type HostReport = Readonly<v.InferOutput<typeof HostReport>>;

/** The levels of the log on the wire, lowest first. */
export const LEVEL_NAMES = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
/** One of {@linkcode LEVEL_NAMES}. */
export type LevelName = (typeof LEVEL_NAMES)[number];

/** One line of DockStat's own log: a message of `/logs/ws`. */
export const LogMessage = v.strictObject({
  level: v.picklist(LEVEL_NAMES),
  /** ISO 8601, UTC. */
  timestamp: v.string(),
  message: v.string(),
  /** The file and the line where the log call stands in the source. */
  file: v.string(),
  line: count,
});
/** A line in the shape of {@linkcode LogMessage}. */
export type LogMessage = Readonly<v.InferOutput<typeof LogMessage>>;

/** One line of a container's own output. */
export const OutputMessage = v.strictObject({
  /** When the engine got the line, ISO 8601 with nanoseconds. */
  timestamp: v.string(),
  message: v.string(),
  stream: v.picklist(["stdout", "stderr"]),
  containerId,
  hostId: v.string(),
});
/** A line in the shape of {@linkcode OutputMessage}. */
export type OutputMessage = Readonly<v.InferOutput<typeof OutputMessage>>;

/** The body of every refusal: RFC 9457, with `errors` where input was bad. */
export const Problem = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: v.string(),
  errors: v.optional(v.array(v.strictObject({
    path: v.string(),
    line: v.optional(count),
    column: v.optional(count),
    message: v.string(),
  }))),
});
/** A body in the shape of {@linkcode Problem}. */
export type Problem = Readonly<v.InferOutput<typeof Problem>>;
