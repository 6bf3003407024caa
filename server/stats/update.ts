/** Updates that the feed publishes: one container, ready to be sent in either shape. */
import { type Container, isSampled } from "../docker/container.ts";
import { runFactsOf } from "../docker/run_facts.ts";
import type { Sample } from "../docker/sample.ts";
import type { DetailedStatsMessage, StatsMessage } from "../protocol/stats.ts";

/** Keys of a container's limits and of its last run. */
type RunKeys = Pick<
  DetailedStatsMessage,
  | "cpuLimit"
  | "memoryLimited"
  | "restartCount"
  | "exitCode"
  | "oomKilled"
  | "startedAt"
  | "finishedAt"
  | "networkOf"
>;

/** Facts of one container at one moment. */
export interface ContainerFacts {
  readonly hostId: string;
  readonly container: Container;
  /** Status text of `docker ps` at this moment. */
  readonly status: string;
  /** `undefined` when the container has no numbers, because it does not run or they cannot be read. */
  readonly sample: Sample | undefined;
  /** True when the numbers, or the whole host, cannot be read now. */
  readonly stale: boolean;
  /** False for a regular sample of a running container, true when something else changed. */
  readonly changed: boolean;
}

/** One container at one moment, serialized once for all viewers of the same shape. */
export class ContainerUpdate {
  /** Identifies all updates of one container. */
  readonly key: string;
  /** Id of the container's host. */
  readonly hostId: string;
  /** The container at that moment. */
  readonly facts: ContainerFacts;
  #plain: string | undefined;
  #full: string | undefined;

  constructor(facts: ContainerFacts) {
    this.facts = facts;
    this.hostId = facts.hostId;
    this.key = `${facts.hostId}/${facts.container.id}`;
  }

  /** Returns the plain shape, or the detailed one. */
  message(detail: boolean): StatsMessage | DetailedStatsMessage {
    return detail ? toDetailedMessage(this.facts) : toMessage(this.facts);
  }

  /** Returns the JSON of {@linkcode message}, created on first use. */
  json(detail: boolean): string {
    if (detail) return this.#full ??= JSON.stringify(toDetailedMessage(this.facts));
    return this.#plain ??= JSON.stringify(toMessage(this.facts));
  }
}

/**
 * A host that cannot be read, or can be read again (`error` is `null`). Without a host it is about the configuration of
 * the server.
 */
export class HostUpdate {
  /** Identifies all updates of one host. */
  readonly key: string;
  /** Id of the host; `null` for the configuration. */
  readonly hostId: string | null;
  /** Reason why the host cannot be read; `null` when it can. */
  readonly error: string | null;

  constructor(hostId: string | null, error: string | null) {
    this.key = `${hostId ?? ""}!`;
    this.hostId = hostId;
    this.error = error;
  }

  /** Returns the frame as it is sent. */
  json(): string {
    return JSON.stringify({ hostId: this.hostId, error: this.error });
  }
}

/** An item that viewers receive. */
export type Update = ContainerUpdate | HostUpdate;

/** Returns the newest update of each container and host. */
export function newestOf<T extends Update>(updates: readonly T[]): readonly T[] {
  return [...new Map(updates.map((update) => [update.key, update])).values()];
}

function toMessage({ hostId, container, status, sample }: ContainerFacts): StatsMessage {
  const { id, name, image, state } = container;
  return {
    id,
    hostId,
    name,
    image,
    status,
    state,
    // A paused container still holds its memory, but its last CPU share is out of date.
    cpuUsage: state === "running" ? sample?.cpuUsage ?? 0 : 0,
    memoryUsage: sample?.memoryUsage ?? 0,
  };
}

function toDetailedMessage(facts: ContainerFacts): DetailedStatsMessage {
  const { container, sample, stale } = facts;
  const { health, project, service, hidden } = container;
  return {
    ...toMessage(facts),
    ...(sample === undefined && isSampled(container) ? { cpuUsage: null, memoryUsage: null } : {}),
    timestamp: sample?.read ?? null,
    onlineCpus: sample?.onlineCpus ?? null,
    memoryBytes: sample?.memoryBytes ?? null,
    memoryLimitBytes: sample?.memoryLimitBytes ?? null,
    networkRxBytes: sample?.networkRxBytes ?? null,
    networkTxBytes: sample?.networkTxBytes ?? null,
    blockReadBytes: sample?.blockReadBytes ?? null,
    blockWriteBytes: sample?.blockWriteBytes ?? null,
    pids: sample?.pids ?? null,
    health,
    project,
    service,
    stale,
    ...runOf(container),
    hidden,
  };
}

/** Returns the limits and the last run of a container; `null` where no inspection has shown it. */
function runOf(container: Container): RunKeys {
  const { state, exitCode, outOfMemory, startedAt, finishedAt, inspected } = container;
  const hasEnded = state !== "running" && state !== "paused" && state !== "created";
  return {
    ...runFactsOf(container),
    exitCode: hasEnded && (finishedAt !== null || !inspected) ? exitCode : null,
    oomKilled: inspected ? outOfMemory : null,
    startedAt: timeText(startedAt),
    finishedAt: timeText(finishedAt),
  };
}

function timeText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
