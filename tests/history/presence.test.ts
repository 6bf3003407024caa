import { Presence } from "../../server/history/presence.ts";
import { HistoryStore } from "../../server/store/history/history_store.ts";
import { assertEquals } from "../assert.ts";

const UP = { hostId: "nas", isUp: true, intervalMs: undefined };
const READ = { ...UP, intervalMs: 1000 };

/** A history whose spans a test notes. */
function scene() {
  const store = new HistoryStore(":memory:");
  const presence = new Presence(store.spans);
  return {
    store,
    note: (at: number, ...hosts: Parameters<Presence["note"]>[0]) => presence.note(hosts, at),
    spans: () =>
      store.spans.all().map(({ kind, hostId, sinceMs, untilMs }) =>
        `${kind} ${hostId} ${sinceMs}-${untilMs}`.replace("  ", " ")
      ).sort(),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

Deno.test("notes of the same state are one span", () => {
  using it = scene();
  for (const at of [0, 5000, 10_000]) it.note(at, READ);
  assertEquals(it.spans(), ["collect nas 0-10000", "run 0-10000", "up nas 0-10000"]);
});

Deno.test("a host that is no longer read, or is down, ends its span", () => {
  using it = scene();
  it.note(0, READ);
  it.note(5000, UP);
  it.note(10_000, { ...READ, isUp: false });
  it.note(15_000, UP);
  assertEquals(it.spans(), ["collect nas 0-0", "run 0-15000", "up nas 0-5000", "up nas 15000-15000"]);
});

Deno.test("a machine that was suspended, and a clock that was set back, begin another span", () => {
  using it = scene();
  it.note(0);
  it.note(3_600_000);
  it.note(1_800_000);
  assertEquals(it.spans(), ["run 0-0", "run 1800000-1800000", "run 3600000-3600000"]);
});

Deno.test("a change of the interval leaves no gap", () => {
  using it = scene();
  it.note(0, READ);
  it.note(5000, { ...READ, intervalMs: 60_000 });
  assertEquals(it.spans().slice(0, 2), ["collect nas 0-0", "collect nas 0-5000"]);
});

Deno.test("the newest 5,000 spans are kept", () => {
  using it = scene();
  for (let at = 0; at < 5010; at++) it.note(at * 3_600_000);
  assertEquals(it.store.spans.all().length, 5000);
  it.store.spans.removeBefore(5000 * 3_600_000);
  assertEquals(it.store.spans.all().length, 10);
});
