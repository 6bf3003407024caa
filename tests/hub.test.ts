import { DropOldest, Hub, NewestPerKey } from "../server/hub.ts";
import { assertEquals } from "./assert.ts";

interface Item {
  readonly key: string;
  readonly value: number;
}

const newest = () => new NewestPerKey<Item>(({ key }) => key);

Deno.test("an item that is published between subscribing and reading is not missed", async () => {
  const hub = new Hub<Item>();
  const stop = new AbortController();
  const subscription = hub.subscribe(newest(), stop.signal);
  hub.publish([{ key: "a", value: 1 }]);
  for await (const batch of subscription) {
    assertEquals(batch, [{ key: "a", value: 1 }]);
    stop.abort();
  }
});

Deno.test("a reader without a backlog gets the very array that was published", () => {
  const hub = new Hub<Item>();
  const stop = new AbortController();
  const subscription = hub.subscribe(newest(), stop.signal);
  const batch = [{ key: "a", value: 1 }];
  hub.publish(batch);
  assertEquals(subscription.take() === batch, true);
  stop.abort();
});

Deno.test("a slow reader gets only the newest item per key", () => {
  const hub = new Hub<Item>();
  const stop = new AbortController();
  const subscription = hub.subscribe(newest(), stop.signal);
  for (let value = 0; value < 1000; value++) hub.publish([{ key: "a", value }, { key: "b", value }]);
  assertEquals(subscription.take(), [{ key: "a", value: 999 }, { key: "b", value: 999 }]);
  assertEquals(subscription.take(), []);
  stop.abort();
});

Deno.test("a subscription ends with its signal, and the hub forgets it", async () => {
  const hub = new Hub<Item>();
  const stop = new AbortController();
  const reading = Array.fromAsync(hub.subscribe(newest(), stop.signal));
  assertEquals(hub.size, 1);
  stop.abort();
  assertEquals(await reading, []);
  assertEquals(hub.size, 0);
});

Deno.test("a full queue drops and counts the oldest items, and always keeps the newest", () => {
  const queue = new DropOldest<string>(10, (dropped) => `${dropped} dropped`, ({ length }) => length);
  queue.push(["a".repeat(30)]);
  assertEquals(queue.take(), ["a".repeat(30)]);
  queue.push(["one", "two", "b".repeat(30)]);
  assertEquals(queue.take(), ["2 dropped", "b".repeat(30)]);
});
