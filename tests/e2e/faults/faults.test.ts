/** A real engine behind a proxy that breaks its answers: nothing ends, and no old number is sent as a new one. */
import { openEngine } from "../../../server/docker/docker_engine.ts";
import { Feed } from "../../../server/stats/feed.ts";
import { COLLECTOR_TIMES } from "../../../server/stats/times.ts";
import { ContainerUpdate } from "../../../server/stats/update.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { realEngines, startContainer } from "../engines.ts";
import { BreakingProxy, type Fault, FAULTS } from "./breaking_proxy.ts";

quietLog();

/** Shorter than in production, so that every fault is noticed within seconds. */
const TIMES = {
  ...COLLECTOR_TIMES,
  ...{ silenceMs: 1500, nextMs: 1500, firstMs: 1500, hangMs: 2500, inspectMs: 1000 },
  ...{ connectMs: 1500, answerMs: 1500, heartbeatMs: 1000, relistMs: 2000 },
  ...{ backoffMs: 100, longestBackoffMs: 500, retryMs: 100 },
};

/** Paths that are broken, by what they are for. */
const PATHS = {
  numbers: /\/containers\/[0-9a-f]+\/stats/,
  list: /\/containers\/json/,
  events: /\/events/,
  everything: /./,
} as const;

/** A feed over the proxy, and the times of the samples of one container in the order in which they were sent. */
class Viewer implements AsyncDisposable {
  readonly readings: number[] = [];
  readonly #feed: Feed;
  readonly #left = new AbortController();
  readonly #reading: Promise<void>;

  constructor(url: string, readonly id: string) {
    this.#feed = new Feed([{ id: "Localhost", engine: openEngine({ url }) }], { times: TIMES });
    this.#reading = this.#read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#left.abort();
    await this.#reading;
    await this.#feed[Symbol.asyncDispose]();
  }

  /** Waits for a number that is newer than all before. */
  async fresh(what: string): Promise<void> {
    const newest = Math.max(0, ...this.readings);
    await eventually(what, () => (this.readings.at(-1) ?? 0) > newest);
  }

  async #read(): Promise<void> {
    for await (const updates of this.#feed.subscribe({ intervalMs: 1000 }, this.#left.signal)) {
      for (const update of updates) {
        if (!(update instanceof ContainerUpdate) || update.facts.container.id !== this.id) continue;
        const { sample, stale, changed } = update.facts;
        // An update for another reason, such as a new status, repeats the sample.
        if (sample !== undefined && !changed) this.readings.push(stale ? NaN : sample.readMs);
      }
    }
  }
}

for (const engine of (await realEngines()).slice(0, 1)) {
  Deno.test(`every fault in front of Docker ${engine.version} is survived, and no number is sent twice`, async () => {
    await using container = await startContainer(engine, "dockstat-faults");
    const cases = Object.entries(PATHS).flatMap(([name, path]) =>
      Object.keys(FAULTS).map((fault) => ({ name, path, fault: fault as Fault }))
    );
    // All at once: they wait most of the time.
    await Promise.all(cases.map(async ({ name, path, fault }) => {
      await using proxy = new BreakingProxy(engine.url.replace("unix://", ""));
      await using viewer = new Viewer(proxy.url, container.id);
      await viewer.fresh(`numbers before: ${fault} ${name}`);
      proxy.break(fault, path);
      // Open streams and kept connections notice the fault.
      if (name === "events") {
        proxy.mend();
        proxy.break(fault, path);
      }
      await eventually(`a broken answer: ${fault} ${name}`, () => proxy.broken > 0);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      proxy.mend();
      await viewer.fresh(`numbers after: ${fault} ${name}`);
      const { readings } = viewer;
      assert(readings.every((time) => !Number.isNaN(time)), `a stale sample: ${fault} ${name}`);
      assertEquals(readings.length, new Set(readings).size, `an old number twice: ${fault} ${name}`);
    }));
  });
}
