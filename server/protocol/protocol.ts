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

/** A schema with what it means, which `/openapi.json` and `/asyncapi.json` tell. */
export function described<S extends v.GenericSchema>(
  schema: S,
  text: string,
): v.SchemaWithPipe<readonly [S, v.DescriptionAction<v.InferOutput<S>, string>]> {
  return v.pipe(schema, v.description(text));
}

const containerId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const finite = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(finite, v.integer());

const seed = {
  id: containerId,
  hostId: v.string(),
  name: v.string(),
  image: v.string(),
  status: described(v.string(), 'The human text of `docker ps`, such as "Up 2 hours".'),
  state: v.picklist(CONTAINER_STATES),
  cpuUsage: described(finite, "Percent of one core, the number of `docker stats`; 0 when not running."),
  memoryUsage: described(
    finite,
    "Percent of the container's limit, the number of `docker stats`; 0 when not running.",
  ),
};

/** One container, now: a message of `/docker/stats`. */
export const StatsMessage = v.strictObject(seed);
/** One container, now, in the shape of {@linkcode StatsMessage}. */
export type StatsMessage = Readonly<v.InferOutput<typeof StatsMessage>>;

/** One container, now, with `detail=full`; `null` where the engine does not say. Totals count since the start. */
export const DetailedStatsMessage = v.strictObject({
  ...seed,
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
  project: described(v.nullable(v.string()), "The Compose project, from the container's labels."),
  service: described(v.nullable(v.string()), "The Compose service, from the container's labels."),
  stale: described(v.boolean(), "True when the host has gone silent: the numbers are its last ones."),
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

/** The answer of `GET /healthz`. */
export const Health = v.strictObject({ status: v.literal("ok") });

/** The states of a host. */
export const HOST_STATES = ["connecting", "up", "down"] as const;
/** One of {@linkcode HOST_STATES}. */
export type HostState = (typeof HOST_STATES)[number];

/** One host of `GET /docker/hosts`; the engine's facts are `null` until it has answered once. */
export const HostReport = v.strictObject({
  hostId: v.string(),
  url: described(v.string(), "Where the engine is reached, without credentials."),
  state: v.picklist(HOST_STATES),
  since: described(v.string(), "When this state began, ISO 8601."),
  error: v.nullable(v.string()),
  engine: described(v.nullable(v.string()), 'Product and version, such as "Docker 28.5.2".'),
  apiVersion: v.nullable(v.string()),
  os: v.nullable(v.string()),
  cpus: v.nullable(count),
  memoryBytes: v.nullable(finite),
  containers: v.nullable(count),
});
/** A host in the shape of {@linkcode HostReport}. */
export type HostReport = Readonly<v.InferOutput<typeof HostReport>>;

/** `GET /about`: the server, and what this client may do. */
export const About = v.strictObject({
  version: v.string(),
  access: described(
    v.picklist(["full", "view"]),
    "`full` for whoever has presented the token (or needs none), `view` for whoever may only look.",
  ),
  readOnly: described(v.boolean(), "True with `--read-only`: nobody may change anything."),
  simulated: described(
    v.boolean(),
    "True when the containers are made up (`--demo`); then there are no stacks either.",
  ),
});
/** An answer in the shape of {@linkcode About}. */
export type About = Readonly<v.InferOutput<typeof About>>;

/** The body of `POST /session`: the page that wants to open the sockets. */
export const SessionRequest = v.strictObject({
  origin: v.pipe(
    v.string("the origin of the page"),
    v.maxLength(256, "an origin of 256 characters at most"),
    v.regex(
      /^(null|[a-z][a-z0-9+.-]*:\/\/[^\s/?#]*)$/,
      'an origin such as "file://", "null" or "https://host:port"',
    ),
    v.description("As the page's own `origin` says it; `null` or `file://` for a page from a file."),
  ),
  protocol: v.optional(v.pipe(
    v.string('a protocol such as "file:"'),
    v.regex(/^[a-z][a-z0-9+.-]{0,30}:$/, 'a protocol such as "file:"'),
    v.description("As the page's own `location.protocol` says it."),
  )),
});

/** The answer of `POST /session`. */
export const Session = v.strictObject({
  wsBase: described(
    v.nullable(v.string()),
    "Where the sockets are, such as `ws://127.0.0.1:49731`; `null` when no port is published.",
  ),
  ticket: described(v.string(), "Travels as `Sec-WebSocket-Protocol: dockstat.v1, ticket.<ticket>`."),
  expiresAt: described(
    v.string(),
    "ISO 8601; sockets that the ticket has opened are closed then, with 1008.",
  ),
});
/** An answer in the shape of {@linkcode Session}. */
export type Session = Readonly<v.InferOutput<typeof Session>>;

/** The levels of the log on the wire, lowest first. */
export const LEVEL_NAMES = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
/** One of {@linkcode LEVEL_NAMES}. */
export type LevelName = (typeof LEVEL_NAMES)[number];

/** One line of DockStat's own log: a message of `/logs/ws`. */
export const LogMessage = v.strictObject({
  level: v.picklist(LEVEL_NAMES),
  timestamp: described(v.string(), "ISO 8601, UTC."),
  message: v.string(),
  file: described(v.string(), "The file where the log call stands in the source."),
  line: described(count, "The line of that file."),
});
/** A line in the shape of {@linkcode LogMessage}. */
export type LogMessage = Readonly<v.InferOutput<typeof LogMessage>>;

/** One line of a container's own output. */
export const OutputMessage = v.strictObject({
  timestamp: described(v.string(), "When the engine got the line, ISO 8601 with nanoseconds."),
  message: v.string(),
  stream: v.picklist(["stdout", "stderr"]),
  containerId,
  hostId: v.string(),
});
/** A line in the shape of {@linkcode OutputMessage}. */
export type OutputMessage = Readonly<v.InferOutput<typeof OutputMessage>>;

/** A container whose output has ended (`error` says why), or goes on (`error` is `null`). */
export const OutputNotice = v.strictObject({
  hostId: v.string(),
  containerId,
  error: v.nullable(v.string()),
});
/** A frame in the shape of {@linkcode OutputNotice}. */
export type OutputNotice = Readonly<v.InferOutput<typeof OutputNotice>>;

/** One mistake in what was sent, or one thing in it that will probably not do what was meant. */
export const InputIssue = v.strictObject({
  path: described(v.string(), "The name of the option, or the path of the key."),
  line: v.optional(described(count, "The first is 1.")),
  column: v.optional(described(count, "The first is 1.")),
  message: described(v.string(), "What was found, and what would be right."),
});

/** The body of every refusal: RFC 9457, with `errors` where input was bad. */
export const Problem = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: described(v.string(), "What was wrong, where, and what would be right."),
  errors: v.optional(v.array(InputIssue)),
});
/** A body in the shape of {@linkcode Problem}. */
export type Problem = Readonly<v.InferOutput<typeof Problem>>;
