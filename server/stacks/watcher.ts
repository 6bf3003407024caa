/** Tells when the containers of a stack change on their own: it runs, it is degraded, it has exited. */
import type { Container } from "../docker/container.ts";
import { pause } from "../duration.ts";
import { NewestPerKey } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import type { StackStatus } from "../protocol/stack_events.ts";
import type { Feed } from "../stats/feed.ts";
import type { StackRecord, StackStore } from "../store/stack_store.ts";
import { type Health, projectHealth } from "./health.ts";
import type { Runner } from "./runner.ts";

/** A restart is an end and a beginning: so long it is waited for the second, ms. */
const SETTLE_MS = 500;

/** What each status says of the containers; nothing is expected of the others. */
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
  /** How each stack was judged last. */
  readonly #known = new Map<number, Health>();
  /** What one look has shown, which can be of an engine that is slow to tell. */
  readonly #suspected = new Map<number, Health>();
  readonly #watching: Promise<void>;

  constructor(readonly feed: Feed, readonly store: StackStore, readonly runner: Runner) {
    this.#watching = Promise.all([this.#watchContainers(), this.#watchOperations()])
      .then(() => {})
      .catch((error) => log.error("Stacks are no longer watched: {error}", { error }));
  }

  /** The containers of a project; `undefined` while its host cannot be read. */
  containers(hostId: string, project: string): readonly Container[] | undefined {
    return this.feed.containers(hostId)?.filter((container) => container.project === project);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watchContainers(): Promise<void> {
    for await (const _changes of this.feed.changes(this.#stop.signal)) await this.#look();
  }

  async #watchOperations(): Promise<void> {
    const ended = this.runner.ended.subscribe(new NewestPerKey(() => ""), this.#stop.signal);
    for await (const _ends of ended) await this.#look();
  }

  /** Looks once things have settled, and again at what then seems to have changed. */
  async #look(): Promise<void> {
    const { signal } = this.#stop;
    do await pause(SETTLE_MS, signal); while (!signal.aborted && this.#checkAll() > 0);
  }

  /** @returns how many seem to have changed, and need a second look. */
  #checkAll(): number {
    try {
      return this.store.all().filter((stack) => this.#check(stack)).length;
    } catch (error) {
      log.error("Cannot look how the stacks are: {error}", { error });
      return 0;
    }
  }

  /** Tells what two looks have shown; @returns whether there must be a second. */
  #check({ stackId, hostId, name, status, services }: StackRecord): boolean {
    const containers = this.containers(hostId, name);
    if (containers === undefined || !this.runner.isQuiet(hostId, name, SETTLE_MS)) return false;
    const { health, message } = projectHealth(containers, services);
    const before = EXPECTED[status] ?? this.#known.get(stackId) ?? "none";
    const told = health === "none" ? "exited" : health;
    if (health === before || told === status) {
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
    const words = health === "none" ? "Its containers were removed" : message;
    this.runner.publish(
      { type: "stack-status", data: { stack_id: stackId, status: told, message: words } },
      null,
    );
    return false;
  }
}
