import { firstLine, lastLine, LineStore } from "../../../src/lib/lines/line_store.ts";
import { linesOf, type LineText } from "../../../src/lib/lines/line.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import { FakeTime } from "../../fakes/time.ts";

const BOUNDS = { lines: 4, characters: 1000, flushMs: 200 };
const line = (text: string): LineText => ({ timestamp: "", text });
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(String(from + index)));

function open(bounds = BOUNDS) {
  const store = new LineStore(bounds);
  return {
    store,
    push(...texts: string[]) {
      for (const text of texts) store.push(line(text));
      store.flush();
    },
    texts: () => store.view.value.entries.flatMap(linesOf).map(({ text }) => text),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

Deno.test("publishes many lines once per interval", () => {
  using time = new FakeTime();
  using log = open();
  let published = 0;
  log.store.view.subscribe(() => published++);
  for (let n = 0; n < 100; n++) log.store.push(line(String(n)));
  assertEquals(published, 0);
  time.tick(200);
  assertEquals([published, log.store.view.value.received], [1, 100]);
});

Deno.test("publishes less often while there are very many lines", () => {
  using time = new FakeTime();
  using log = open();
  let published = 0;
  log.store.view.subscribe(() => published++);
  for (let tick = 0; tick < 10; tick++) {
    for (let n = 0; n < 500; n++) log.store.push(line("x"));
    time.tick(100);
  }
  assertEquals(published, 2);
});

Deno.test("keeps the newest lines and counts the dropped ones", () => {
  using log = open();
  log.push("1", "2", "3", "4", "5", "6");
  assertEquals(log.texts(), ["3", "4", "5", "6"]);
  assertEquals([log.store.view.value.lines, log.store.view.value.dropped], [4, 2]);
});

Deno.test("bounds the characters, but keeps the newest line", () => {
  using log = open({ ...BOUNDS, characters: 10 });
  log.push("12345", "67890", "x".repeat(50));
  assertEquals(log.texts(), ["x".repeat(50)]);
});

Deno.test("bounds the lines before they are published", () => {
  using log = open();
  for (let n = 0; n < 1000; n++) log.store.push(line(String(n)));
  assertEquals(log.store.view.value.lines, 0);
  log.store.flush();
  assertEquals(log.store.view.value.lines, 4);
});

Deno.test("drops no old lines while they are read, and no longer stores new ones when full", () => {
  using log = open();
  log.store.hold(true);
  log.push(...numbered(1, 20).map(({ text }) => text));
  const { atEnd, received, dropped } = log.store.view.value;
  assertEquals(log.texts(), numbered(1, 9).map(({ text }) => text));
  assertEquals({ atEnd, received, dropped }, { atEnd: false, received: 20, dropped: 0 });
});

Deno.test("adds older lines at the start, and then no longer has the end", () => {
  using log = open();
  log.push("7", "8");
  log.store.hold(true);
  log.store.prepend(numbered(3, 6));
  assertEquals([log.texts(), log.store.view.value.atEnd], [["3", "4", "5", "6", "7", "8"], true]);
  log.store.prepend(numbered(1, 2));
  log.store.prepend(numbered(-3, 0));
  assertEquals([log.texts(), log.store.view.value.atEnd], [
    ["-3", "-2", "-1", "0", "1", "2", "3", "4"],
    false,
  ]);
  log.push("9");
  assertEquals([log.texts().at(-1), log.store.view.value.received], ["4", 3]);
});

Deno.test("adds newer lines at the end, and drops the oldest", () => {
  using log = open();
  log.store.hold(true);
  log.store.replace(numbered(1, 3), false);
  log.store.append(numbered(4, 12), true);
  assertEquals(log.texts(), numbered(5, 12).map(({ text }) => text));
  assert(log.store.view.value.atEnd);
});

Deno.test("keeps the ids of lines when others are added before them", () => {
  using log = open();
  log.push("5", "6");
  const ids = log.store.view.value.entries.map(({ id }) => id);
  log.store.prepend(numbered(3, 4));
  assertEquals(log.store.view.value.entries.slice(2).map(({ id }) => id), ids);
  assertEquals(new Set(log.store.view.value.entries.map(({ id }) => id)).size, 4);
});

Deno.test("joins a trace whose first line is loaded later", () => {
  using log = open();
  log.push("    at run (a.js:1:2)", "ready");
  log.store.prepend([line("TypeError: x is not a function")]);
  assertEquals(log.store.view.value.entries.map((entry) => linesOf(entry).length), [2, 1]);
});

Deno.test("inserts notes by their times, but none beyond the loaded lines", () => {
  using log = open({ ...BOUNDS, lines: 100 });
  const at = (second: number, text: string) => ({ timestamp: `2026-08-01T12:00:0${second}.000Z`, text });
  const notes = [at(1, "early"), at(3, "within"), at(9, "late")].map((line) => ({
    ...line,
    note: true as const,
  }));
  log.store.replace([at(2, "two"), at(4, "four")], false);
  log.store.insertNotes(notes);
  log.store.append([at(5, "five")], false);
  assertEquals(log.texts(), ["two", "within", "four", "five"]);
  log.store.replace([at(2, "two"), at(4, "four")], true);
  log.store.insertNotes(notes);
  assertEquals(log.texts(), ["two", "within", "four", "late"]);
});

Deno.test("finds the first and last line that are not notes", () => {
  using log = open();
  log.store.push({ ...line("note"), note: true });
  log.push("a", "ERROR b", "    at c (d.js:1:2)");
  const { view } = log.store;
  assertEquals([firstLine(view.value)?.text, lastLine(view.value)?.text], ["a", "    at c (d.js:1:2)"]);
  assertEquals(firstLine(view.value, "web"), undefined);
});
