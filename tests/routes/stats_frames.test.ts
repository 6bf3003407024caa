/** Large batches: the bounds of what waits for one client, and for all of them. */
import type { Client } from "../../server/http/socket.ts";
import { sendPaced } from "../../server/routes/stats_frames.ts";
import { ContainerUpdate } from "../../server/stats/update.ts";
import { assert, assertEquals, assertLess } from "../assert.ts";
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

Deno.test("a batch of 10,000 containers is one frame, and none is added to it while it waits", async () => {
  const client = new BufferedClient();
  const updates = tenThousand();
  const sending = sendPaced(client, updates, BATCH);
  client.waiting = 0;
  assertEquals(await sending, 10_000);
  client.waiting = 1;
  assertEquals(await sendPaced(client, updates, BATCH), 0);
  assertEquals(client.frames.length, 1);
  assertEquals(JSON.parse(client.frames[0]!).length, 10_000);
});

Deno.test("a large batch waits for a few of many clients at a time, and each receives it", async () => {
  const updates = tenThousand();
  const clients = Array.from({ length: 40 }, () => new BufferedClient());
  const sending = Promise.all(clients.map((client) => sendPaced(client, updates, BATCH)));
  let most = 0;
  let done = false;
  const reading = (async () => {
    while (!done) {
      const waiting = clients.filter(({ waiting }) => waiting > 0);
      most = Math.max(most, waiting.length);
      for (const client of waiting) client.waiting = 0;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  assertEquals(new Set(await sending), new Set([10_000]));
  done = true;
  await reading;
  assertLess(most, 9);
  assert(clients.every(({ frames }) => frames.length === 1 && frames[0] === clients[0]!.frames[0]));
});

Deno.test("clients that never read keep another one waiting for a short time only", async () => {
  const updates = tenThousand();
  const stuck = Array.from({ length: 8 }, () => new BufferedClient());
  const blocked = Promise.all(stuck.map((client) => sendPaced(client, updates, BATCH)));
  const client = new BufferedClient();
  const sending = sendPaced(client, updates, BATCH);
  assertEquals(client.frames, []);
  assertEquals(await sending, 10_000);
  assertEquals(client.frames.length, 1);
  await blocked;
});
