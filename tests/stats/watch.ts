/** A feed over one fake engine, and a viewer that keeps everything it was told. */
import { Feed, type FeedOptions } from "../../server/stats/feed.ts";
import { type ContainerFacts, ContainerUpdate, type Update } from "../../server/stats/update.ts";
import { type FakeEngine, idOf } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** What a test looks at. */
export class Watch implements AsyncDisposable {
  readonly feed: Feed;
  readonly told: Update[] = [];
  readonly #stop = new AbortController();

  constructor(readonly engine: FakeEngine, options: Partial<FeedOptions> = {}) {
    this.feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK, ...options });
  }

  /** Becomes a viewer. */
  look(intervalMs = 2): this {
    const updates = this.feed.subscribe({ intervalMs }, this.#stop.signal);
    this.told.push(...this.feed.newest({ intervalMs }));
    (async () => {
      for await (const batch of updates) this.told.push(...batch);
    })();
    return this;
  }

  /** Is a viewer no more. */
  lookAway(): void {
    this.#stop.abort();
  }

  /** What was told of a container. */
  of(name: string): ContainerFacts[] {
    return this.told.filter((update) => update instanceof ContainerUpdate)
      .filter(({ facts }) => facts.container.id === idOf(name)).map((update) => update.facts);
  }

  /** The states that a container went through. */
  states(name: string): string[] {
    const states = this.of(name).map(({ container }) => container.state);
    return states.filter((state, index) => state !== states[index - 1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.feed[Symbol.asyncDispose]();
  }
}
