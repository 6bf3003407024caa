import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { useLineSearch } from "../../src/components/use_line_search.ts";
import type { LineView } from "../../src/lib/line_store.ts";

function viewOf(...texts: string[]): LineView {
  const lines = texts.map((text, id) => ({ id, timestamp: "", text }));
  return { lines, received: lines.length, dropped: 0 };
}

function open(page: TestPage, view: LineView) {
  const shown: number[] = [];
  const hook = page.hook(({ of }) => useLineSearch(of, (index) => shown.push(index)), { of: view });
  const query = (text: string) => page.act(() => hook.result.current.field.onQuery(text));
  const step = (direction: "next" | "previous") =>
    page.act(() => hook.result.current.field.onStep(direction));
  return { ...hook, shown, query, step };
}

const VIEW = viewOf("web up", "db up", "Web down", "cache up");

Deno.test("a search counts the lines without moving to a match", async () => {
  await using page = new TestPage();
  const { result, query, shown } = open(page, VIEW);
  await query("web");
  const { field, line, announcement, pattern } = result.current;
  assertEquals([field.query, field.found, field.at, line, announcement, shown], [
    "web",
    2,
    undefined,
    undefined,
    "",
    [],
  ]);
  assertEquals(pattern?.source, "web");
});

Deno.test("steps wrap around at the last match", async () => {
  await using page = new TestPage();
  const { result, query, step, shown } = open(page, VIEW);
  await query("web");
  for (const direction of ["next", "next", "next", "previous"] as const) await step(direction);
  assertEquals(shown, [0, 2, 0, 2]);
  assertEquals([result.current.field.at, result.current.line, result.current.announcement], [
    1,
    2,
    "Web down",
  ]);
});

Deno.test("a step without a match does nothing", async () => {
  await using page = new TestPage();
  const { result, query, step, shown } = open(page, VIEW);
  await query("mail");
  await step("next");
  assertEquals([shown, result.current.line], [[], undefined]);
});

Deno.test("the search stays at its line while older ones are dropped", async () => {
  await using page = new TestPage();
  const { result, rerender, query, step } = open(page, VIEW);
  await query("web");
  await step("next");
  await step("next");
  rerender({ of: { ...VIEW, lines: VIEW.lines.slice(1), dropped: 1 } });
  const { field, line, announcement } = result.current;
  assertEquals([field.found, field.at, line, announcement], [1, 0, 2, "Web down"]);
});

Deno.test("the search has no current line after that line is dropped", async () => {
  await using page = new TestPage();
  const { result, rerender, query, step } = open(page, VIEW);
  await query("web");
  await step("next");
  rerender({ of: { ...VIEW, lines: VIEW.lines.slice(1), dropped: 1 } });
  assertEquals([result.current.field.at, result.current.line], [undefined, undefined]);
});

Deno.test("a new search starts from the first match", async () => {
  await using page = new TestPage();
  const { result, query, step, shown } = open(page, VIEW);
  await query("up");
  await step("previous");
  await query("web");
  assertEquals(result.current.line, undefined);
  await step("next");
  assertEquals(shown, [3, 0]);
});

Deno.test("special characters of patterns match literally", async () => {
  await using page = new TestPage();
  const { result, query } = open(page, viewOf("a.b", "axb", "(a", "__proto__"));
  for (const [text, found] of [["a.b", 1], ["(", 1], ["__proto__", 1]] as const) {
    await query(text);
    assertEquals([text, result.current.field.found], [text, found]);
  }
});
