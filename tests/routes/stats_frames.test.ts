/** Large batches: the bounds of what waits for one client, and for all of them. */
import type { Client } from "../../server/http/socket.ts";
import { sendPaced } from "../../server/routes/stats_frames.ts";
import { ContainerUpdate } from "../../server/stats/update.ts";
import { assert, assertEquals, assertLess, eventually } from "../assert.ts";
import { fakeContainer } from "../fakes/container.ts";

const BATCH = { detail: false, batch: true };

/** Updates of 10,000 containers, whose batch is longer than a send buffer. */
function tenThousand(): ContainerUpdate[] {
  const facts = { hostId: "nas", status: "Up 2 hours", sample: undefined, stale: false, changed: false };
  return Array.from(
    { length: 10_000 },
    (_, index) => new ContainerUpdate({ ...facts, container: fakeContainer(`web-${index}`) }),
  );
}

/** A client with room for one frame, which the test makes read. */
class BufferedClient implements Client {
  readonly #gone = new AbortController();
  readonly signal = this.#gone.signal;
  readonly frames: string[] = [];
  waiting = 0;

  hasRoom(): boolean {
    return this.waiting === 0;
  }

  room(): Promise<void> {
    return Promise.resolve();
  }

  send(frame: string): void {
    this.frames.push(frame);
    this.waiting++;
  }

  receive(): void {}

  close(): void {
    this.#gone.abort();
  }
}

/** Reads for clients until a promise settles; returns the largest number of clients that a frame waited for at a time. */
async function readFor(clients: readonly BufferedClient[], sending: Promise<unknown>): Promise<number> {
  let [most, done] = [0, false];
  sending.finally(() => done = true);
  while (!done) {
    const waiting = clients.filter(({ waiting }) => waiting > 0);
    most = Math.max(most, waiting.length);
    for (const client of waiting) client.waiting = 0;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return most;
}

/** Replaces the clock by one that the test sets: on a loaded machine every client reads slowly. */
function stoppedClock(): { ms: number } & Disposable {
  const { now } = performance;
  const clock = { ms: 0, [Symbol.dispose]: () => void (performance.now = now) };
  performance.now = () => clock.ms;
  return clock;
}

const lengths = ({ frames }: BufferedClient) => frames.map((frame) => JSON.parse(frame).length as number);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

Deno.test("a batch up to 1 MiB is one frame", async () => {
  const client = new BufferedClient();
  const sending = sendPaced(client, tenThousand().slice(0, 1000), BATCH);
  await readFor([client], sending);
  assertEquals([await sending, lengths(client)], [[], [1000]]);
});

Deno.test("a longer batch is sent in frames of 128 KiB at most, with each container once", async () => {
  using _clock = stoppedClock();
  const client = new BufferedClient();
  const updates = tenThousand();
  const sending = sendPaced(client, updates, BATCH);
  await readFor([client], sending);
  assertEquals(await sending, []);
  assertLess(Math.max(...client.frames.map(({ length }) => length)), 128 * 1024 + 1);
  const sent = client.frames.flatMap((frame) => JSON.parse(frame) as { readonly id: string }[]);
  assertEquals(sent.map(({ id }) => id), updates.map(({ facts }) => facts.container.id));
});

Deno.test("a client that stops reading in the middle of a batch receives the rest later", async () => {
  const client = new BufferedClient();
  const updates = tenThousand();
  const rest = await sendPaced(client, updates, BATCH);
  assertEquals([client.frames.length, sum(lengths(client)) + rest.length], [1, 10_000]);
  assertEquals(rest.at(-1), updates.at(-1));
  assertEquals(await sendPaced(client, rest, BATCH), rest);
});

Deno.test("a large batch waits for a few of many clients at a time, and each receives it", async () => {
  using _clock = stoppedClock();
  const updates = tenThousand();
  const clients = Array.from({ length: 40 }, () => new BufferedClient());
  const sending = Promise.all(clients.map((client) => sendPaced(client, updates, BATCH)));
  assertLess(await readFor(clients, sending), 9);
  assert((await sending).every(({ length }) => length === 0));
  assert(clients.every(({ frames }) => frames.every((frame, index) => frame === clients[0]!.frames[index])));
  assertEquals(new Set(clients.map((client) => sum(lengths(client)))), new Set([10_000]));
});

Deno.test("clients that never read keep another one waiting for a short time only", async () => {
  using clock = stoppedClock();
  const updates = tenThousand();
  const stuck = Array.from({ length: 8 }, () => new BufferedClient());
  const blocked = Promise.all(stuck.map((client) => sendPaced(client, updates, BATCH)));
  const client = new BufferedClient();
  const sending = sendPaced(client, updates, BATCH);
  await eventually("a frame for each", () => stuck.every(({ frames }) => frames.length > 0));
  assertEquals(client.frames, []);
  clock.ms = 1000;
  await readFor([client], sending);
  assertEquals([await sending, sum(lengths(client))], [[], 10_000]);
  await blocked;
});
