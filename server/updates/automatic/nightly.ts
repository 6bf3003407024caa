/** Automatic updates at night: an update that does not become healthy returns to the previous image. */
import { pause, untilAborted } from "../../duration.ts";
import { AppError, reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";
import { digestsNow, followersOf } from "../../stacks/run/update_record.ts";
import type { Running } from "../../stacks/running.ts";
import type { Feed } from "../../stats/feed.ts";
import type { ServiceUpdate } from "../../store/images/service_updates.ts";
import { isWithin, type TimeWindow } from "../../time_window.ts";
import type { ImageUpdates } from "../image_updates.ts";
import type { ManagedServices } from "../managed_services.ts";
import { hasSucceeded, type ReturnParts, Returns } from "../returns.ts";
import { type DueService, dueServices, keyOf } from "./due.ts";
import { type NightlyTimes, TIMES } from "./times.ts";
import { runsOf, verdictOf } from "./verdict.ts";

/** Parts of {@linkcode Nightly}. */
export interface NightlyParts extends ReturnParts {
  readonly feed: Pick<Feed, "hostIds" | "containers" | "engine">;
  readonly updates: Pick<ImageUpdates, "check" | "list">;
  readonly managed: ManagedServices;
  /** Hours of automatic updates; `undefined` for none. */
  readonly window: TimeWindow | undefined;
  /** Time in which an update must become healthy, ms. */
  readonly healthyMs: number;
  readonly times?: NightlyTimes;
  /** Epoch ms. */
  readonly now?: () => number;
}

/** Attempts to return: a stack may be busy for a time. */
const ATTEMPTS = 30;
/** Shortest time in which a restarted server sees whether an update is healthy, ms. */
const AFTER_RESTART_MS = 60_000;

/** Longest wait for the hosts after a start, ms. */
const HOSTS_MS = 60_000;
/** Interval of checks of the registries in a night, ms. */
const CHECK_MS = 3_600_000;

const log = getLogger(["dockstat", "updates"]);

/**
 * Updates services one after the other, beside the unfinished updates of an earlier run. Disposing it keeps an unfinished
 * update for the next start.
 */
export class Nightly implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #times: NightlyTimes;
  readonly #now: () => number;
  readonly #returns: Returns;
  readonly #running: Promise<void>;
  /** Images that were tried in this night, so that a failure is not repeated until the next one. */
  readonly #tried = new Set<string>();
  /** Services with an update of an earlier run. */
  readonly #unfinished = new Set<string>();
  #checkedAt = -Infinity;

  constructor(readonly parts: NightlyParts) {
    this.#times = parts.times ?? TIMES;
    this.#now = parts.now ?? Date.now;
    this.#returns = new Returns(parts);
    this.#running = this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const step = async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        if (!signal.aborted) log.error("Cannot update images: {error}", { error });
      }
    };
    await this.#connected(this.parts.feed.hostIds, HOSTS_MS);
    // A host that does not answer holds up its own updates only.
    const resumed = this.parts.imageUpdates.open().map(async (update) => {
      this.#unfinished.add(keyOf(update));
      await step(() => this.#resume(update));
      this.#unfinished.delete(keyOf(update));
    });
    while (!signal.aborted) {
      await step(() => this.#look());
      await pause(this.#times.tick, signal);
    }
    await Promise.all(resumed);
  }

  /** Waits until hosts can be read, or the time is over. */
  async #connected(hostIds: readonly string[], ms: number): Promise<void> {
    const { signal } = this.#stop;
    const until = performance.now() + ms;
    const isMissing = (hostId: string) => this.parts.feed.containers(hostId) === undefined;
    while (hostIds.some(isMissing) && performance.now() < until && !signal.aborted) {
      await pause(this.#times.poll, signal);
    }
  }

  async #look(): Promise<void> {
    if (!this.#isOpen()) {
      this.#checkedAt = -Infinity;
      this.#tried.clear();
      return;
    }
    const { updates, feed, managed } = this.parts;
    if (this.#now() - this.#checkedAt >= CHECK_MS) {
      this.#checkedAt = this.#now();
      await updates.check(feed.hostIds);
    }
    const due = dueServices(await updates.list(feed.hostIds), await managed.read(), this.#now());
    for (const one of due) {
      const key = `${keyOf(one)} ${one.after}`;
      if (this.#unfinished.has(keyOf(one)) || this.#tried.has(key)) continue;
      if (this.#stop.signal.aborted || !this.#isOpen()) continue;
      if (await this.#update(one)) this.#tried.add(key);
    }
  }

  #isOpen(): boolean {
    const { window } = this.parts;
    return window !== undefined && isWithin(window, this.#now());
  }

  /** Updates a service; false if it has to wait for another operation. */
  async #update(due: DueService): Promise<boolean> {
    const { stacks, imageUpdates } = this.parts;
    const startedAt = this.#now();
    const deadline = startedAt + this.parts.healthyMs;
    // Stored before anything changes, so that a restart finds it.
    const update = imageUpdates.add({ ...due, automatic: true, state: "updating", startedAt, deadline });
    let running: Running;
    try {
      running = await stacks.act(due.stackId, "update", { service: due.service });
    } catch (error) {
      imageUpdates.remove(update);
      if (!(error instanceof AppError)) throw error;
      log.info("Cannot update {service} now: {reason}", { service: due.service, reason: reason(error) });
      return error.code !== "busy";
    }
    // The end of the server interrupts the operation; the next start continues the update.
    await untilAborted(running.done, this.#stop.signal);
    const hasEnded = hasSucceeded(stacks.operation(running.operation.operation_id));
    await this.#finish(update, hasEnded ? null : "its operation failed");
    return true;
  }

  /** Continues an update of an earlier run, once its host can be read. */
  async #resume(update: ServiceUpdate): Promise<void> {
    const { hostId } = this.parts.stacks.record(update.stackId);
    await this.#connected([hostId], Infinity);
    if (this.#stop.signal.aborted) return;
    if (update.state === "returning") {
      return await this.#return(update, update.reason ?? "it was not healthy");
    }
    const later = Math.max(update.deadline, this.#now() + Math.min(AFTER_RESTART_MS, this.parts.healthyMs));
    await this.#finish(this.parts.imageUpdates.change(update, { deadline: later }), null);
  }

  /** @param failure Reason for a return that is known already. */
  async #finish(update: ServiceUpdate, failure: string | null): Promise<void> {
    const { imageUpdates } = this.parts;
    const current = await this.#digest(update);
    if (current === update.before) {
      // Nothing has changed, so the next night tries again; or a user has returned the service meanwhile.
      if (update.state === "updating") imageUpdates.remove(update);
      else imageUpdates.change(update, { state: "returned" });
      return;
    }
    const deadline = update.state === "updating" ? this.#now() + this.parts.healthyMs : update.deadline;
    const after = current ?? update.after;
    const checking = imageUpdates.change(update, { state: "checking", after, deadline });
    const why = failure ?? await this.#problem(checking);
    if (this.#stop.signal.aborted) return;
    if (why !== null) return await this.#return(checking, why);
    imageUpdates.change(checking, { state: "done" });
    log.info("Updated {service} from {before} to {after}", { ...checking });
  }

  /** Waits for an update to become healthy; returns the reason why it did not, or `null`. */
  async #problem({ stackId, service, deadline }: ServiceUpdate): Promise<string | null> {
    const { stacks, store, feed } = this.parts;
    const { hostId, name } = stacks.record(stackId);
    const services = [service, ...await followersOf(store.texts(stackId).compose, service)];
    const { signal } = this.#stop;
    let [runs, since] = ["", this.#now()];
    while (!signal.aborted) {
      const containers = (feed.containers(hostId) ?? []).filter(({ project }) => project === name);
      const verdict = verdictOf(services, containers);
      const now = this.#now();
      const current = runsOf(services, containers);
      if (current !== runs) [runs, since] = [current, now];
      if (verdict === "healthy" || verdict === "running" && now - since >= this.#times.settle) return null;
      if (verdict === "failed") return "it is unhealthy or has exited";
      if (now >= deadline) return "it did not become healthy in time";
      await pause(this.#times.poll, signal);
    }
    return null;
  }

  async #return(update: ServiceUpdate, why: string): Promise<void> {
    const { imageUpdates } = this.parts;
    const current = await this.#digest(update);
    if (current !== undefined && current !== update.after) {
      imageUpdates.change(update, { state: current === update.before ? "returned" : "done", reason: why });
      return;
    }
    const returning = imageUpdates.change(update, { state: "returning", reason: why });
    const { signal } = this.#stop;
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
      if (await this.#tryReturn(returning, why)) return;
      await pause(this.#times.retry, signal);
    }
    if (signal.aborted) return;
    imageUpdates.change(returning, { state: "kept" });
    log.error("Cannot return {service} to {before}: {why}", { ...returning, why });
  }

  /** Reports whether a service has returned. */
  async #tryReturn({ stackId, service, before, after }: ServiceUpdate, why: string): Promise<boolean> {
    const { stacks } = this.parts;
    try {
      const { operation, done } = await this.#returns.start(stackId, service, `the update failed: ${why}`);
      await untilAborted(done, this.#stop.signal);
      if (!hasSucceeded(stacks.operation(operation.operation_id))) return false;
      log.warn("Returned {service} from {after} to {before}: {why}", { service, before, after, why });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.info("Cannot return {service} now: {reason}", { service, reason: reason(error) });
      return false;
    }
  }

  async #digest({ stackId, service }: ServiceUpdate): Promise<string | undefined> {
    const { stacks, feed } = this.parts;
    const record = stacks.record(stackId);
    return (await digestsNow(record, feed.engine(record.hostId))).get(service);
  }
}
