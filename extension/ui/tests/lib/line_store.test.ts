import { asText, LineStore } from "../../src/lib/line_store.ts";
import { assertEquals, eventually } from "../../../../tests/assert.ts";

const line = (text: string) => ({ timestamp: "", text });

Deno.test("the newest lines are kept, and it is said how many had to go", () => {
  using store = new LineStore({ lines: 3, characters: 1000, tellMs: 60_000 });
  for (let n = 0; n < 20; n++) store.push(line(String(n)));
  store.tell();
  const { lines, received, dropped } = store.view.value;
  assertEquals(lines.map(({ text, id }) => [text, id]), [["17", 17], ["18", 18], ["19", 19]]);
  assertEquals([received, dropped], [20, 17]);
});

Deno.test("long lines push out others by their length, but the newest stays", () => {
  using store = new LineStore({ lines: 100, characters: 50, tellMs: 60_000 });
  store.push(line("short"));
  store.push(line("x".repeat(40)));
  store.push(line("y".repeat(40)));
  store.tell();
  assertEquals(store.view.value.lines.map(({ text }) => text[0]), ["y"]);
  store.push(line("z".repeat(400)));
  store.tell();
  assertEquals(store.view.value.lines.map(({ text }) => text.length), [400]);
  assertEquals(store.view.value.dropped, 3);
});

Deno.test("lines that come together are told together", async () => {
  using store = new LineStore({ lines: 10, characters: 1000, tellMs: 1 });
  let told = 0;
  store.view.subscribe(() => told++);
  for (const text of ["a", "b", "c"]) store.push(line(text));
  assertEquals(store.view.value.lines, []);
  await eventually("the lines", () => store.view.value.lines.length === 3);
  assertEquals(told, 1);
});

Deno.test("what was told does not change any more", () => {
  using store = new LineStore({ lines: 2, characters: 1000, tellMs: 60_000 });
  store.push(line("a"));
  store.tell();
  const before = store.view.value;
  for (const text of ["b", "c", "d"]) store.push(line(text));
  store.tell();
  assertEquals(before.lines.map(({ text }) => text), ["a"]);
});

Deno.test("memory is bounded also when nobody is told for long", () => {
  using store = new LineStore({ lines: 10, characters: 1000, tellMs: 60_000 });
  for (let n = 0; n < 100_000; n++) store.push(line("x"));
  store.tell();
  assertEquals([store.view.value.lines.length, store.view.value.dropped], [10, 99_990]);
});

Deno.test("as text a line has its time, word, text and place, and notes are marked", () => {
  using store = new LineStore({ lines: 3, characters: 1000, tellMs: 60_000 });
  store.push(line("gone"));
  store.push({
    timestamp: "2026-08-01T12:00:00.000Z",
    mark: { word: "WARN", tone: "warning" },
    text: "it broke",
    place: "serve.ts:70",
  });
  store.push({ timestamp: "", text: "The container has ended.", note: true });
  store.push(line("plain"));
  store.tell();
  assertEquals(asText(store.view.value).split("\n"), [
    "# the oldest 1 lines were no longer kept",
    "2026-08-01T12:00:00.000Z WARN it broke (serve.ts:70)",
    "# The container has ended.",
    "plain",
    "",
  ]);
});
