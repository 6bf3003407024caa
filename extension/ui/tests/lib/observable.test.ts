import { assertEquals } from "../../../../tests/assert.ts";
import { Observable } from "../../src/lib/observable.ts";

Deno.test("an observable calls its subscribers after each change", () => {
  const observable = new Observable(1);
  const seen: number[] = [];
  observable.subscribe(() => seen.push(observable.value));
  observable.set(2);
  observable.set(3);
  assertEquals(seen, [2, 3]);
});

Deno.test("does not notify subscribers when the value stays the same", () => {
  const observable = new Observable(Number.NaN);
  let calls = 0;
  observable.subscribe(() => calls++);
  observable.set(Number.NaN);
  assertEquals(calls, 0);
});

Deno.test("an equal but different object is a change", () => {
  const observable = new Observable({ at: 1 });
  let calls = 0;
  observable.subscribe(() => calls++);
  observable.set({ at: 1 });
  assertEquals(calls, 1);
});

Deno.test("does not call a subscriber that has unsubscribed", () => {
  const observable = new Observable("a");
  const seen: string[] = [];
  const end = observable.subscribe(() => seen.push("first"));
  observable.subscribe(() => seen.push("second"));
  end();
  observable.set("b");
  assertEquals(seen, ["second"]);
});

Deno.test("a subscriber may unsubscribe while it is called", () => {
  const observable = new Observable(0);
  const seen: string[] = [];
  const end = observable.subscribe(() => {
    seen.push("once");
    end();
  });
  observable.subscribe(() => seen.push("always"));
  observable.set(1);
  observable.set(2);
  assertEquals(seen, ["once", "always", "always"]);
});

Deno.test("waits for the next change, and then no longer listens", async () => {
  const observable = new Observable("a");
  const waiting = observable.changed(1_000_000);
  observable.set("b");
  await waiting;
  assertEquals(observable.value, "b");
});

Deno.test("without a change, the wait ends after its time", async () => {
  await new Observable("a").changed(1);
});
