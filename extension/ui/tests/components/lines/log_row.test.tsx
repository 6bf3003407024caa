import { TestPage } from "../../dom.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import { LogRow, type RowForm, type RowState } from "../../../src/components/lines/log_row.tsx";
import { EntryBuilder } from "../../../src/lib/lines/entry_builder.ts";
import type { LineText } from "../../../src/lib/lines/line.ts";
import { literalMatcher } from "../../../src/lib/lines/line_search.ts";
import { terminalText } from "../../../src/lib/plain_text.ts";

const TIME = "2026-08-01T12:00:00.045Z";
const FORM: RowForm = {
  times: "utc",
  raw: false,
  mode: "light",
  matcher: undefined,
  columns: [],
  sources: new Map(),
  onColumn: () => {},
  onState: () => {},
};

function entryOf(...lines: readonly (Partial<LineText> | string)[]) {
  const builder = new EntryBuilder();
  for (const [id, line] of lines.entries()) {
    builder.add({
      id,
      timestamp: TIME,
      text: "started",
      ...typeof line === "string" ? { text: line } : line,
    });
  }
  return builder.entries[0]!;
}

function rowOf(page: TestPage, line: Partial<LineText>, form: Partial<RowForm> = {}, state: RowState = {}) {
  return page.render(<LogRow entry={entryOf(line)} state={state} form={{ ...FORM, ...form }} now={0} />)
    .container;
}

const TRACE = ["ERROR failed", ...Array.from({ length: 12 }, (_, n) => `    at step${n} (a.js:${n}:1)`)];

Deno.test("shows the time with milliseconds and keeps the full timestamp in the markup", async () => {
  await using page = new TestPage();
  const time = rowOf(page, { timestamp: "2026-08-01T12:00:00.123456789Z" }).querySelector("time")!;
  assertEquals(time.getAttribute("datetime"), "2026-08-01T12:00:00.123456789Z");
  assert(time.textContent?.endsWith("12:00:00.123"), time.textContent ?? "");
});

Deno.test("shows an invalid timestamp unchanged", async () => {
  await using page = new TestPage();
  assertEquals(rowOf(page, { timestamp: "soon" }).querySelector("time")?.textContent, "soon");
});

Deno.test("shows no time when it is missing or switched off", async () => {
  await using page = new TestPage();
  assertEquals(rowOf(page, { timestamp: "" }).querySelector("time"), null);
  assertEquals(rowOf(page, {}, { times: "none" }).querySelector("time"), null);
});

Deno.test("shows the level that a log states, and the location", async () => {
  await using page = new TestPage();
  const row = rowOf(page, { level: "warning", place: "serve.ts:70" });
  const mark = row.querySelector<HTMLElement>(".mark")!;
  assertEquals([mark.textContent, mark.dataset["tone"]], ["WARN", "warning"]);
  assertEquals(row.querySelector(".place")?.textContent, "serve.ts:70");
});

Deno.test("shows the level of a JSON line, whose text leaves it out, but not that of a plain one", async () => {
  await using page = new TestPage();
  assertEquals(
    rowOf(page, { text: '{"level":"error","msg":"x"}' }).querySelector(".mark")?.textContent,
    "ERROR",
  );
  assertEquals(rowOf(page, { text: "ERROR x" }).querySelector(".mark"), null);
});

Deno.test("marks stderr with a named dot", async () => {
  await using page = new TestPage();
  assertEquals(
    rowOf(page, { stream: "stderr" }).querySelector(".stderr")?.getAttribute("aria-label"),
    "stderr",
  );
  assertEquals(rowOf(page, { stream: "stdout" }).querySelector(".stderr"), null);
});

Deno.test("distinguishes a note of the page from a line", async () => {
  await using page = new TestPage();
  const row = rowOf(page, { note: true });
  assertEquals([row.querySelector(".note")?.textContent, row.querySelector(".text")], ["started", null]);
});

Deno.test("shows colors, and marks matches in them", async () => {
  await using page = new TestPage();
  const row = rowOf(page, terminalText("\x1b[31mred web\x1b[0m Web"), {
    matcher: literalMatcher("web", false),
  });
  assert(row.querySelector<HTMLElement>(".text span")?.style.color.startsWith("rgb"));
  assertEquals([...row.querySelectorAll("mark")].map(({ textContent }) => textContent), ["web", "Web"]);
  assertEquals(row.querySelector(".text")?.textContent, "red web Web");
});

Deno.test("shows markup and names such as __proto__ as text", async () => {
  await using page = new TestPage();
  const text = `<img src=x onerror=alert(1)> __proto__ constructor`;
  const row = rowOf(page, { text });
  assertEquals([row.querySelector(".text")?.textContent, row.querySelector("img")], [text, null]);
});

Deno.test("cuts a line of 1 MB, and shows more of it on request", async () => {
  await using page = new TestPage();
  const states: RowState[] = [];
  const onState = (_id: number, state: RowState) => states.push(state);
  const row = rowOf(page, { text: "x".repeat(1_000_000) }, { onState });
  assertEquals(row.querySelector(".text")?.textContent?.length, 2000);
  const button = [...row.querySelectorAll("button")].find(({ textContent }) =>
    textContent?.includes("998,000")
  )!;
  await page.user.click(button);
  assertEquals(states, [{ characters: 102_000 }]);
});

Deno.test("unfolds the fields of a structured line", async () => {
  await using page = new TestPage();
  const states: RowState[] = [];
  const text = '{"level":"info","msg":"paid","order":{"id":7}}';
  const row = rowOf(page, { text }, { onState: (_id, state) => states.push(state) });
  const toggle = row.querySelector<HTMLElement>("button.toggle")!;
  assertEquals(toggle.getAttribute("aria-expanded"), "false");
  await page.user.click(toggle);
  assertEquals(states, [{ isOpen: true }]);
  const fields = rowOf(page, { text }, {}, { isOpen: true }).querySelector(".fields")!;
  assertEquals([...fields.querySelectorAll("dt")].map(({ textContent }) => textContent), [
    "level",
    "msg",
    "order.id",
  ]);
});

Deno.test("shows chosen fields as columns", async () => {
  await using page = new TestPage();
  const chosen: string[] = [];
  const form = { columns: ["status"], onColumn: (name: string) => chosen.push(name) };
  const row = rowOf(page, { text: "GET / status=200 dur=3ms" }, form, { isOpen: true });
  assertEquals(row.querySelector(".column")?.textContent, "200");
  await page.user.click(
    [...row.querySelectorAll<HTMLElement>(".fields button")].find(({ textContent }) =>
      textContent === "Show as column"
    )!,
  );
  assertEquals(chosen, ["dur"]);
});

function traceOf(page: TestPage, state: RowState, form: Partial<RowForm> = {}) {
  const row =
    page.render(<LogRow entry={entryOf(...TRACE)} state={state} form={{ ...FORM, ...form }} now={0} />)
      .container;
  return [...row.querySelectorAll(".text")].length;
}

Deno.test("folds a long trace, unless it is open or a match is inside", async () => {
  await using page = new TestPage();
  assertEquals(traceOf(page, {}), 5);
  assertEquals(traceOf(page, { isOpen: true }), 13);
  assertEquals(traceOf(page, {}, { matcher: literalMatcher("step11", false) }), 13);
});

Deno.test("shows the name of the container in a merged log", async () => {
  await using page = new TestPage();
  const sources = new Map([["abc", { name: "shop-web-1", shortName: "web-1", color: "#0055bf" }]]);
  assertEquals(rowOf(page, { source: "abc" }, { sources }).querySelector(".source")?.textContent, "web-1");
});
