import type { KnownExit } from "../../server/store/past/event_store.ts";
import { ExitCodes } from "../../server/timeline/exit_codes.ts";
import { assertEquals, eventually } from "../assert.ts";
import { FakeEngine, idOf } from "../fakes/engine.ts";

const TIMES = { delayMs: 1, answerMs: 1000 };
const NOW = Date.now();
const EXIT = { hostId: "nas", containerId: idOf("web"), at: NOW - 5000 };

/** Searches in an engine that remembers the ends of "web" with their codes, by their age in ms. */
function search(ends: readonly (readonly [agoMs: number, exitCode: number])[], offsetMs = 0) {
  const engine = new FakeEngine();
  for (const [agoMs, exitCode] of ends) {
    engine.remembered.push({ id: idOf("web"), action: "die", at: NOW - agoMs + offsetMs, exitCode });
  }
  const found: KnownExit[] = [];
  const codes = new ExitCodes(
    (hostId) => hostId === "nas" ? engine : undefined,
    (exit) => found.push(exit),
    TIMES,
  );
  return { codes, found, [Symbol.dispose]: () => codes[Symbol.dispose]() };
}

Deno.test("the code of an end is found in the events that the engine remembers", async () => {
  using it = search([[60_000, 1], [5300, 3], [100, 9]]);
  it.codes.search(EXIT, 0);
  await eventually("the code", () => it.found.length > 0);
  assertEquals(it.found, [{ ...EXIT, exitCode: 3 }]);
});

Deno.test("an engine with another clock is asked by its clock", async () => {
  using it = search([[5000, 3]], 3_600_000);
  it.codes.search(EXIT, 3_600_000);
  await eventually("the code", () => it.found.length > 0);
  assertEquals(it.found, [{ ...EXIT, exitCode: 3 }]);
});

Deno.test("several ends of a host are searched for together, and those that are forgotten stay unknown", async () => {
  using it = search([[5000, 3]]);
  it.codes.search({ ...EXIT, at: NOW - 100_000 }, 0);
  it.codes.search({ ...EXIT, containerId: idOf("db") }, 0);
  it.codes.search(EXIT, 0);
  await eventually("the code", () => it.found.length > 0);
  assertEquals(it.found, [{ ...EXIT, exitCode: 3 }]);
});

Deno.test("a search that has ended finds nothing, also for a host that is gone", async () => {
  using it = search([[5000, 3]]);
  it.codes.search({ ...EXIT, hostId: "gone" }, 0);
  it.codes.search(EXIT, 0);
  it.codes[Symbol.dispose]();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(it.found, []);
});
