/** Numbers of containers and machines for rules, collected without viewers while a rule needs them. */
import { pause } from "../duration.ts";
import { getLogger } from "../log/log.ts";
import type { Feed } from "../stats/feed.ts";
import { ContainerUpdate } from "../stats/update.ts";
import type { Watch } from "./engine/watch.ts";
import { TrafficRates } from "./traffic_rates.ts";

/** Interval between numbers for rules about them, ms; other viewers may ask for shorter ones. */
const INTERVAL_MS = 5000;
/** Interval between the numbers of a disk, ms. */
const DISK_MS = 60_000;

const log = getLogger(["dockstat", "alerts"]);

/** The subscriptions to numbers. Disposing it ends them. */
export class Readings implements AsyncDisposable {
  #end = new AbortController();
  #wanted = "";
  readonly #runs = new Set<Promise<void>>();
  readonly #traffic = new TrafficRates();

  constructor(readonly feed: Feed, readonly watch: Watch, readonly diskMs: number = DISK_MS) {}

  /** Subscribes to what the rules need. */
  use(): void {
    const { numbers, needsDisks } = this.watch;
    const containers = numbers.has("container", "stack");
    const hosts = numbers.has("host");
    const wanted = `${containers} ${hosts} ${needsDisks}`;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#end.abort();
    this.#end = new AbortController();
    if (containers) this.#run(this.#containers(this.#end.signal));
    if (hosts) this.#run(this.#hosts(this.#end.signal));
    else if (needsDisks) this.#run(this.#disks(this.#end.signal));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#runs);
  }

  #run(reading: Promise<void>): void {
    const run = reading.catch((error) => log.error("Cannot read numbers for rules: {error}", { error }))
      .finally(() => this.#runs.delete(run));
    this.#runs.add(run);
  }

  async #containers(signal: AbortSignal): Promise<void> {
    for await (const batch of this.feed.subscribe({ intervalMs: INTERVAL_MS }, signal)) {
      for (const update of batch) {
        if (!(update instanceof ContainerUpdate)) continue;
        const { hostId, container, sample, stale } = update.facts;
        if (sample !== undefined && !stale) this.watch.numbers.sampled(hostId, container, sample);
      }
    }
  }

  /** Measures now and then, because a disk fills slowly. */
  async #disks(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.diskMs, signal);
      if (signal.aborted) return;
      await this.feed.usages.refresh(signal);
      for (const { message } of this.feed.usages.newest({ intervalMs: DISK_MS })) {
        this.watch.measured(message, null);
      }
    }
  }

  async #hosts(signal: AbortSignal): Promise<void> {
    for await (const batch of this.feed.usages.subscribe({ intervalMs: INTERVAL_MS }, signal)) {
      for (const { message } of batch) {
        this.watch.measured(message, this.#traffic.rateOf(message, performance.now()));
      }
    }
  }
}
