/** Tests for replays of `/stacks`: shared pages, waiting clients and slow readers. */
import { openStackEvents } from "../../server/routes/stack_events.ts";
import { type ReplayBounds, Replays } from "../../server/routes/stack_replay.ts";
import { Runner } from "../../server/stacks/runner.ts";
import { errorEvent, progressEvent } from "../../server/stacks/progress/events.ts";
import { HIDDEN } from "../../server/stacks/public_view.ts";
import { openDatabase } from "../../server/store/database.ts";
import { Journal } from "../../server/store/journal.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { SlowClient } from "../fakes/slow_client.ts";

const BOUNDS: ReplayBounds = {
  page: 10,
  keptPages: 2,
  replays: 2,
  replayMs: 60_000,
  budget: { burst: 1000, perSecond: 1000 },
};

/** Opens a journal with numbered events of one operation. */
function openReplays(events = 25, bounds: Partial<ReplayBounds> = {}) {
  const database = openDatabase(":memory:");
  const journal = new Journal(database);
  const operation = journal.begin({
    stackId: 3,
    hostId: "nas",
    project: "web",
    action: "deploying",
    target: { kind: "stack", name: "web", id: "3" },
  });
  for (let index = 0; index < events; index++) journal.append(progressEvent(operation, `step ${index}`));
  const runner = new Runner(
    {
      refresh: () => Promise.resolve(),
      of: () => "unknown",
      checkMayChange: () => {},
    },
    journal,
    1,
  );
  const replays = new Replays(journal, { ...BOUNDS, ...bounds });
  const open = (query: string, trusted: boolean) => {
    const client = new SlowClient();
    const served = openStackEvents(new URL(`http://h/stacks${query}`), { runner, replays }, trusted)(client);
    return {
      client,
      seqs: () => client.frames.map((frame) => JSON.parse(frame).seq),
      async [Symbol.asyncDispose]() {
        client[Symbol.dispose]();
        await served;
      },
    };
  };
  return {
    journal,
    operation,
    runner,
    replays,
    open,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      database.close();
    },
  };
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

Deno.test("a replay of several pages has every event once, then the new ones", async () => {
  await using it = openReplays();
  await using reader = it.open("?since=0", true);
  await eventually("the past", () => reader.client.frames.length === 25);
  it.runner.publish(progressEvent(it.operation, "new"));
  await eventually("the new event", () => reader.client.frames.length === 26);
  assertEquals(reader.seqs(), upTo(26));
});

Deno.test("a client with the token and every detail is sent the stored text and the number", async () => {
  await using it = openReplays(1);
  await using reader = it.open("?since=0&detail=full", true);
  await eventually("the event", () => reader.client.frames.length === 1);
  const [entry] = it.journal.after(0, 1);
  assertEquals(reader.client.frames[0], `${entry!.text.slice(0, -1)},"seq":1}`);
});

Deno.test("the four shapes of an event do not mix when clients share a page", async () => {
  await using it = openReplays(0);
  it.journal.append(errorEvent(it.operation, "the secret reason"));
  const frameOf = async (query: string, trusted: boolean) => {
    await using reader = it.open(query, trusted);
    await eventually("the event", () => reader.client.frames.length === 1);
    const { seq, data: { message, operation_id } } = JSON.parse(reader.client.frames[0]!);
    return [seq, message.endsWith("the secret reason"), message.endsWith(HIDDEN), operation_id !== undefined];
  };
  for (let time = 0; time < 2; time++) {
    assertEquals(await frameOf("?since=0", true), [1, true, false, false]);
    assertEquals(await frameOf("?since=0&detail=full", true), [1, true, false, true]);
    assertEquals(await frameOf("?since=0", false), [1, false, true, false]);
    assertEquals(await frameOf("?since=0&detail=full", false), [1, false, true, true]);
  }
});

Deno.test("clients at the same place share a page, also one that is read from the database", async () => {
  await using it = openReplays();
  assert(it.replays.page(0) === it.replays.page(0));
  assertEquals(it.replays.page(0).length, 10);
});

Deno.test("a page that is not full is read again, since events may have been added", async () => {
  await using it = openReplays(25);
  assertEquals(it.replays.page(20).length, 5);
  it.journal.append(progressEvent(it.operation, "new"));
  assertEquals(it.replays.page(20).length, 6);
});

Deno.test("only a few pages are kept", async () => {
  await using it = openReplays(30);
  const first = it.replays.page(0);
  for (const after of [1, 2]) it.replays.page(after);
  assert(it.replays.page(0) !== first);
});

Deno.test("clients without the token wait for a slot, and get it when another replay ends", async () => {
  await using it = openReplays();
  await using one = it.open("?since=0", false);
  one.client.full = true;
  await using other = it.open("?since=0", false);
  other.client.full = true;
  await using third = it.open("?since=0", false);
  await using trusted = it.open("?since=0", true);
  await eventually("a replay with the token", () => trusted.client.frames.length === 25);
  assertEquals([one, other, third].map(({ client }) => client.frames.length), [0, 0, 0]);
  one.client.empty();
  await eventually("the third", () => third.client.frames.length === 25);
  assertEquals([one.client.frames.length, other.client.frames.length], [25, 0]);
});

Deno.test("a client that leaves while it waits for a slot ends, and takes none", async () => {
  await using it = openReplays(25, { replays: 1 });
  await using holder = it.open("?since=0", false);
  holder.client.full = true;
  {
    await using _leaves = it.open("?since=0", false);
  }
  await using next = it.open("?since=0", false);
  holder.client.empty();
  await eventually("the next", () => next.client.frames.length === 25);
});

Deno.test("a client without the token that reads too slowly loses its slot", async () => {
  await using it = openReplays(25, { replays: 1, replayMs: 1 });
  await using slow = it.open("?since=0", false);
  slow.client.full = true;
  await eventually("the close", () => slow.client.signal.aborted);
  assertEquals(slow.client.frames, []);
});

Deno.test("clients without the token stop when they have spent the budget; those with it do not", async () => {
  await using it = openReplays(30, { budget: { burst: 10, perSecond: 0.01 } });
  await using one = it.open("?since=0", false);
  await eventually("two pages", () => one.client.frames.length === 20);
  await using other = it.open("?since=0", false);
  await eventually("one page", () => other.client.frames.length === 10);
  await using trusted = it.open("?since=0", true);
  await eventually("everything", () => trusted.client.frames.length === 30);
  assertEquals([one.client.frames.length, other.client.frames.length], [20, 10]);
});

Deno.test("other work runs between two pages", async () => {
  await using it = openReplays(30);
  using client = new SlowClient();
  const ran: number[] = [];
  let count = 0;
  await it.replays.replay(client, true, 0, () => {
    ran.push(count);
    setTimeout(() => count++, 0);
    return Promise.resolve();
  });
  assertEquals(ran, [0, 1, 2]);
});
