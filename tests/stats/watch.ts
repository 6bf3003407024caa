/** A feed over one fake engine, and a subscriber that records all updates. */
import type { KernelChoice } from "../../server/kernel/open_reader.ts";
import { Feed, type FeedOptions } from "../../server/stats/feed.ts";
import { type ContainerFacts, ContainerUpdate, type Update } from "../../server/stats/update.ts";
import { type FakeEngine, idOf } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** Feed, engine and recorded updates of a test. */
export class Watch implements AsyncDisposable {
  readonly feed: Feed;
  readonly updates: Update[] = [];
  readonly #stop = new AbortController();

  constructor(readonly engine: FakeEngine, options: Partial<FeedOptions> = {}, kernel?: KernelChoice) {
    this.feed = new Feed([{ id: "Localhost", engine, kernel }], { keepMs: 60_000, times: QUICK, ...options });
  }

  /** Subscribes to the feed. */
  subscribe(intervalMs = 2): this {
    const batches = this.feed.subscribe({ intervalMs }, this.#stop.signal);
    this.updates.push(...this.feed.newest({ intervalMs }));
    (async () => {
      for await (const batch of batches) this.updates.push(...batch);
    })();
    return this;
  }

  /** Ends all subscriptions. */
  unsubscribe(): void {
    this.#stop.abort();
  }

  /** Lists the updates of a container. */
  of(name: string): ContainerFacts[] {
    return this.updates.filter((update) => update instanceof ContainerUpdate)
      .filter(({ facts }) => facts.container.id === idOf(name)).map((update) => update.facts);
  }

  /** Lists the states of a container, without repetitions. */
  states(name: string): string[] {
    const states = this.of(name).map(({ container }) => container.state);
    return states.filter((state, index) => state !== states[index - 1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.feed[Symbol.asyncDispose]();
  }
}
