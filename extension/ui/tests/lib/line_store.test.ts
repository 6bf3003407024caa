import { asText, LineStore } from "../../src/lib/line_store.ts";
import { assertEquals, eventually } from "../../../../tests/assert.ts";

const line = (text: string) => ({ timestamp: "", text });

Deno.test("keeps the newest lines and counts the dropped ones", () => {
  using store = new LineStore({ lines: 3, characters: 1000, flushMs: 60_000 });
  for (let n = 0; n < 20; n++) store.push(line(String(n)));
  store.flush();
  const { lines, received, dropped } = store.view.value;
  assertEquals(lines.map(({ text, id }) => [text, id]), [["17", 17], ["18", 18], ["19", 19]]);
  assertEquals([received, dropped], [20, 17]);
});

Deno.test("limits the total length of the lines, but keeps the newest one", () => {
  using store = new LineStore({ lines: 100, characters: 50, flushMs: 60_000 });
  store.push(line("short"));
  store.push(line("x".repeat(40)));
  store.push(line("y".repeat(40)));
  store.flush();
  assertEquals(store.view.value.lines.map(({ text }) => text[0]), ["y"]);
  store.push(line("z".repeat(400)));
  store.flush();
  assertEquals(store.view.value.lines.map(({ text }) => text.length), [400]);
  assertEquals(store.view.value.dropped, 3);
});

Deno.test("publishes a burst of lines once", async () => {
  using store = new LineStore({ lines: 10, characters: 1000, flushMs: 1 });
  let changes = 0;
  store.view.subscribe(() => changes++);
  for (const text of ["a", "b", "c"]) store.push(line(text));
  assertEquals(store.view.value.lines, []);
  await eventually("the lines", () => store.view.value.lines.length === 3);
  assertEquals(changes, 1);
});

Deno.test("does not change a published snapshot", () => {
  using store = new LineStore({ lines: 2, characters: 1000, flushMs: 60_000 });
  store.push(line("a"));
  store.flush();
  const before = store.view.value;
  for (const text of ["b", "c", "d"]) store.push(line(text));
  store.flush();
  assertEquals(before.lines.map(({ text }) => text), ["a"]);
});

Deno.test("bounds memory between two snapshots", () => {
  using store = new LineStore({ lines: 10, characters: 1000, flushMs: 60_000 });
  for (let n = 0; n < 100_000; n++) store.push(line("x"));
  store.flush();
  assertEquals([store.view.value.lines.length, store.view.value.dropped], [10, 99_990]);
});

Deno.test("writes time, mark, text and location of each line, and marks notes", () => {
  using store = new LineStore({ lines: 3, characters: 1000, flushMs: 60_000 });
  store.push(line("gone"));
  store.push({
    timestamp: "2026-08-01T12:00:00.000Z",
    mark: { label: "WARN", tone: "warning" },
    text: "it broke",
    place: "serve.ts:70",
  });
  store.push({ timestamp: "", text: "The container has ended.", note: true });
  store.push(line("plain"));
  store.flush();
  assertEquals(asText(store.view.value).split("\n"), [
    "# 1 older line dropped",
    "2026-08-01T12:00:00.000Z WARN it broke (serve.ts:70)",
    "# The container has ended.",
    "plain",
    "",
  ]);
});
