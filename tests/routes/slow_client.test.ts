import { openStats } from "../../server/routes/docker_stats.ts";
import type { Client } from "../../server/http/socket.ts";
import { Feed } from "../../server/stats/feed.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";

/** A client whose buffer a test fills and empties. */
class SlowClient implements Client, Disposable {
  readonly frames: string[] = [];
  full = false;
  readonly #gone = new AbortController();
  readonly signal = this.#gone.signal;
  #emptied = () => {};

  send(frame: string): void {
    this.frames.push(frame);
  }

  hasRoom(): boolean {
    return !this.full;
  }

  room(): Promise<void> {
    if (!this.full || this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => this.#emptied = resolve);
  }

  empty(): void {
    this.full = false;
    this.#emptied();
  }

  close(): void {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
    this.empty();
  }
}

for (const query of ["", "?batch=1"]) {
  Deno.test(`a full client is sent nothing, and then of each container only the newest (${query || "plain"})`, async () => {
    const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
    await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
    using client = new SlowClient();
    const serving = openStats(new URL(`http://x/docker/stats${query}`), feed)(client);
    await eventually("frames", () => client.frames.length > 0);
    client.full = true;
    const sent = client.frames.length;
    const readings = engine.calls.stats;
    await eventually("many more readings", () => engine.calls.stats > readings + 3);
    assertEquals(client.frames.length, sent);
    engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
    await eventually("the new state", async () => {
      const newest = await feed.snapshot({ intervalMs: 1000 });
      return newest.some(({ facts }) => facts.container.state === "exited");
    });
    client.empty();
    await eventually("the rest", () => client.frames.length > sent);
    const [first] = client.frames.slice(sent).map((frame) => JSON.parse(frame)).flat().filter(({ name }) =>
      name === "web"
    );
    assertEquals(first.state, "exited");
    client.close();
    await serving;
  });
}

Deno.test("what a client has asked for ends with it", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
  using client = new SlowClient();
  const serving = openStats(new URL("http://x/docker/stats"), feed)(client);
  assertEquals(feed.viewers, 1);
  client.close();
  await serving;
  assert(feed.viewers === 0);
});
