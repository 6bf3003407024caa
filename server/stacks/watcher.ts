/** Reports when the containers of a stack change on their own: running, degraded, exited. */
import { pause } from "../duration.ts";
import { NewestPerKey } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import type { StackStatus } from "../protocol/stack_events.ts";
import type { Feed } from "../stats/feed.ts";
import type { StackRecord } from "../store/stack_record.ts";
import type { StackStore } from "../store/stack_store.ts";
import { stackOwner, statusEvent } from "./progress/events.ts";
import type { Runner } from "./runner.ts";
import type { FullState, ProjectStates } from "./states.ts";

/** Grace period in ms, because a restart stops a container before it starts it. */
const SETTLE_MS = 500;

/** Condition of a project, coarser than its state: events are about changes that last. */
type Health = "running" | "degraded" | "exited" | "none";

/** Health that each status implies; other statuses imply none. */
const EXPECTED: Readonly<Partial<Record<StackStatus, Health>>> = {
  deployed: "running",
  started: "running",
  restarted: "running",
  updated: "running",
  running: "running",
  degraded: "degraded",
  stopped: "exited",
  exited: "exited",
};

const log = getLogger(["dockstat", "stacks"]);

/** Watches the stacks of all hosts. */
export class Watcher implements AsyncDisposable {
  readonly #stop = new AbortController();
  /** Last reported health of each stack. */
  readonly #known = new Map<number, Health>();
  /** Health seen by one check only; the engine may be slow to report. */
  readonly #suspected = new Map<number, Health>();
  readonly #watching: Promise<void>;

  constructor(
    readonly feed: Feed,
    readonly store: StackStore,
    readonly runner: Runner,
    readonly states: ProjectStates,
  ) {
    this.#watching = Promise.all([this.#watchContainers(), this.#watchOperations()])
      .then(() => {})
      .catch((error) => log.error("Stacks are no longer watched: {error}", { error }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watchContainers(): Promise<void> {
    for await (const _changes of this.feed.changes(this.#stop.signal)) await this.#settle();
  }

  async #watchOperations(): Promise<void> {
    const ended = this.runner.ended.subscribe(new NewestPerKey(() => ""), this.#stop.signal);
    for await (const _ends of ended) await this.#settle();
  }

  /** Checks after the grace period, and then the stacks that have changed again. */
  async #settle(): Promise<void> {
    const { signal } = this.#stop;
    do await pause(SETTLE_MS, signal); while (!signal.aborted && this.#checkAll() > 0);
  }

  /** @returns the number of stacks that need a second check. */
  #checkAll(): number {
    try {
      return this.store.all().filter((stack) => this.#check(stack)).length;
    } catch (error) {
      log.error("Cannot check the stacks: {error}", { error });
      return 0;
    }
  }

  /** Reports what two checks agree on; @returns whether a second check is needed. */
  #check({ stackId, hostId, name, status }: StackRecord): boolean {
    const full = this.states.full(hostId, name);
    const { state, message } = full;
    const health = healthOf(full);
    if (health === undefined || !this.runner.isQuiet(hostId, name, SETTLE_MS)) return false;
    const before = EXPECTED[status] ?? this.#known.get(stackId) ?? "none";
    const next = health === "none" ? "exited" : health;
    if (health === before || next === status) {
      this.#known.set(stackId, health);
      this.#suspected.delete(stackId);
      return false;
    }
    if (this.#suspected.get(stackId) !== health) {
      this.#suspected.set(stackId, health);
      return true;
    }
    this.#suspected.delete(stackId);
    this.#known.set(stackId, health);
    const text = health === "none" ? "Its containers were removed" : message;
    this.runner.publish(statusEvent(stackOwner({ stackId, hostId, name }), next, text, state));
    return false;
  }
}

/** Returns the health of a project; `undefined` while its host cannot be read. */
function healthOf({ state, isAlive }: FullState): Health | undefined {
  switch (state) {
    case "unknown":
      return undefined;
    case "never_deployed":
      return "none";
    case "running":
    case "starting":
      return "running";
    case "degraded":
      return isAlive ? "degraded" : "exited";
    default:
      return "exited";
  }
}
