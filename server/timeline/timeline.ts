/** The timeline of all hosts: events of containers, operations, and outages. */
import type { Container } from "../docker/container.ts";
import type { ContainerEvent } from "../docker/engine.ts";
import { getLogger } from "../log/log.ts";
import type { Operation } from "../protocol/operations.ts";
import type { StackAction } from "../protocol/stack_events.ts";
import type { Feed } from "../stats/feed.ts";
import type { HostObserver } from "../stats/observer.ts";
import type { NewEvent } from "../store/past/event_rows.ts";
import type { EventStore } from "../store/past/event_store.ts";
import type { Journal } from "../store/journal.ts";
import type { StackStore } from "../store/stack_store.ts";
import { EventQueue, type QueueTimes } from "./event_queue.ts";
import { ExitCodes, type ExitCodeTimes } from "./exit_codes.ts";
import { HostTimeline } from "./host_timeline.ts";
import { KeptLogs } from "./kept_logs.ts";

/** Parts that the timeline is built from. */
export interface TimelineParts {
  readonly feed: Feed;
  readonly events: EventStore;
  readonly journal: Journal;
  readonly store: StackStore;
}

/** Operations that may remove or recreate containers. */
const REPLACING: ReadonlySet<StackAction> = new Set(["removing", "deploying", "updating", "pruning"]);

const log = getLogger(["dockstat", "timeline"]);

/** The timeline of all hosts. Disposing it stores the events that wait. */
export class Timeline implements HostObserver, Disposable {
  readonly #hosts = new Map<string, HostTimeline>();
  readonly #queue: EventQueue;
  readonly #logs = new KeptLogs();
  readonly #codes: ExitCodes;
  /** Clocks of the engines minus ours, ms, by host. */
  readonly #offsets = new Map<string, number>();
  /** Containers whose logs were read for a running operation, by its id. */
  readonly #read = new Map<number, readonly string[]>();
  #observing: Disposable | undefined;

  constructor(readonly parts: TimelineParts, times?: QueueTimes, codeTimes?: ExitCodeTimes) {
    this.#queue = new EventQueue(parts.events, times);
    this.#codes = new ExitCodes(
      (hostId) => parts.feed.engine(hostId),
      (exit) => this.#queue.completeExit(exit),
      codeTimes,
    );
  }

  /** Number of hosts whose events are compared. */
  get size(): number {
    return this.#hosts.size;
  }

  /** Starts to observe the hosts. */
  observe(): void {
    this.#observing = this.parts.feed.observe(this);
  }

  /** Stores the events that wait, so that a reader sees them. */
  flush(): void {
    this.#queue.flush();
  }

  event(hostId: string, event: ContainerEvent, clockOffsetMs: number): void {
    this.#of(hostId).event(event, clockOffsetMs);
  }

  changed(hostId: string, container: Container, clockOffsetMs: number): void {
    this.#offsets.set(hostId, clockOffsetMs);
    this.#of(hostId).changed(container, clockOffsetMs);
  }

  up(hostId: string, containers: readonly Container[], clockOffsetMs: number): void {
    this.#offsets.set(hostId, clockOffsetMs);
    this.#of(hostId).up(containers, clockOffsetMs);
  }

  down(hostId: string, error: string): void {
    this.#of(hostId).down(error);
  }

  removed(hostId: string): void {
    // A host that returns continues with what is stored.
    this.#queue.flush();
    this.#hosts.delete(hostId);
    this.#offsets.delete(hostId);
  }

  /** Reads the logs of the containers that an operation may remove; never rejects. */
  async keepLogs(operation: Operation, signal: AbortSignal, removes: readonly string[] = []): Promise<void> {
    const { action, hostId, project, target } = operation;
    const engine = this.parts.feed.engine(hostId);
    if (engine === undefined || !REPLACING.has(action)) return;
    const ids = new Set(removes);
    const containers = (this.parts.feed.containers(hostId) ?? []).filter((container) =>
      target.kind === "container"
        ? container.id === target.id
        : project === null
        ? ids.has(container.id)
        : container.project === project && (target.kind !== "service" || container.service === target.name)
    );
    this.#read.set(operation.operation_id, containers.map(({ id }) => id));
    await this.#logs.read(hostId, engine, containers, signal);
  }

  /** Records an operation that has ended. */
  ended({ operation_id: id, hostId }: Operation): void {
    // The runner has read the list again, so removals are recorded.
    this.#logs.forget(hostId, this.#read.get(id) ?? []);
    this.#read.delete(id);
    const operation = this.parts.journal.operation(id);
    if (operation !== undefined) this.#queue.add(operationEvent(operation));
  }

  [Symbol.dispose](): void {
    this.#observing?.[Symbol.dispose]();
    this.#codes[Symbol.dispose]();
    this.#queue[Symbol.dispose]();
  }

  /** Hosts may be added at any time. */
  #of(hostId: string): HostTimeline {
    const known = this.#hosts.get(hostId);
    if (known !== undefined) return known;
    const opened = this.#open(hostId);
    this.#hosts.set(hostId, opened);
    return opened;
  }

  #open(hostId: string): HostTimeline {
    const { events, store } = this.parts;
    const record = (found: Parameters<HostTimeline["records"]["record"]>[0]) => {
      const { project, kind, containerId } = found;
      const gzip = kind === "remove" ? this.#logs.take(hostId, containerId ?? "") : undefined;
      const stack_id = project === null ? null : store.named(hostId, project)?.stackId ?? null;
      this.#queue.add({ ...found, hostId, stack_id, action: null, operation_id: null, gzip });
      if (kind === "exit" && containerId !== null && found.exitCode === null) {
        this.#codes.search({ hostId, containerId, at: found.at }, this.#offsets.get(hostId) ?? 0);
      }
      log.debug("Host {hostId}: {kind} {name}", { hostId, kind, name: found.name });
    };
    return new HostTimeline(
      {
        record,
        know: (id, facts) => this.#queue.know(hostId, id, facts),
        knowHost: (state) => this.#queue.knowHost(hostId, state),
        completeExit: (containerId, at, exitCode) =>
          this.#queue.completeExit({ hostId, containerId, at, exitCode }),
      },
      events.containers(hostId),
      events.host(hostId),
    );
  }
}

function operationEvent(operation: Operation): NewEvent {
  const { operation_id, stack_id, project, hostId, action, state, error, exit_code, target } = operation;
  return {
    at: Date.now(),
    hostId,
    kind: action === "deploying" || action === "updating" ? "deploy" : "operation",
    containerId: target.kind === "container" ? target.id : null,
    name: target.name,
    project,
    stack_id,
    service: target.kind === "service" ? target.name : null,
    exitCode: exit_code,
    state,
    action,
    operation_id,
    message: error,
    late: false,
  };
}
