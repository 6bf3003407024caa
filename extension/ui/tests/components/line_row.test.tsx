import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { LineRow, type LineRowProps } from "../../src/components/line_row.tsx";
import { toPattern } from "../../src/lib/line_search.ts";

const TIME = "2026-08-01T12:00:00.045Z";

function rowOf(page: TestPage, line: Partial<LineRowProps["line"]>, props: Partial<LineRowProps> = {}) {
  const whole = { id: 0, timestamp: TIME, text: "started", ...line };
  return page.render(<LineRow line={whole} showTime pattern={undefined} {...props} />).container;
}

Deno.test("shows the time with milliseconds and keeps the full timestamp in the markup", async () => {
  await using page = new TestPage();
  const time = rowOf(page, {}).querySelector("time")!;
  assertEquals(time.getAttribute("datetime"), TIME);
  assert(time.textContent?.endsWith(".045"), time.textContent ?? "");
});

Deno.test("reads a timestamp with nanoseconds", async () => {
  await using page = new TestPage();
  const time = rowOf(page, { timestamp: "2026-08-01T12:00:00.123456789Z" }).querySelector("time")!;
  assert(time.textContent?.endsWith(".123"), time.textContent ?? "");
});

Deno.test("shows an invalid timestamp unchanged", async () => {
  await using page = new TestPage();
  assertEquals(rowOf(page, { timestamp: "soon" }).querySelector("time")?.textContent, "soon");
});

Deno.test("shows no time when it is missing or switched off", async () => {
  await using page = new TestPage();
  assertEquals(rowOf(page, { timestamp: "" }).querySelector("time"), null);
  assertEquals(rowOf(page, {}, { showTime: false }).querySelector("time"), null);
});

Deno.test("shows the mark in its tone and the location beside the text", async () => {
  await using page = new TestPage();
  const row = rowOf(page, { mark: { label: "WARN", tone: "warning" }, place: "serve.ts:70" });
  const mark = row.querySelector<HTMLElement>(".mark")!;
  assertEquals([mark.textContent, mark.dataset["tone"]], ["WARN", "warning"]);
  assertEquals(row.querySelector(".place")?.textContent, "serve.ts:70");
});

Deno.test("distinguishes a note of the page from a line", async () => {
  await using page = new TestPage();
  const row = rowOf(page, { note: true });
  assertEquals([row.querySelector(".note")?.textContent, row.querySelector(".text")], ["started", null]);
});

Deno.test("highlights every match in the text and the location", async () => {
  await using page = new TestPage();
  const row = rowOf(page, { text: "Web and web", place: "web.ts:1" }, { pattern: toPattern("web") });
  assertEquals([...row.querySelectorAll("mark")].map(({ textContent }) => textContent), [
    "Web",
    "web",
    "web",
  ]);
  assertEquals(row.querySelector(".text")?.textContent, "Web and web");
});

Deno.test("shows markup and names such as __proto__ as text", async () => {
  await using page = new TestPage();
  const text = `<img src=x onerror=alert(1)> {"__proto__":{"a":1},"constructor":2}`;
  const row = rowOf(page, { text });
  assertEquals([row.querySelector(".text")?.textContent, row.querySelector("img")], [text, null]);
});

Deno.test("truncates a very long line and shows the number of remaining characters", async () => {
  await using page = new TestPage();
  const shown = rowOf(page, { text: "x".repeat(12_500) }).querySelector(".text")!;
  assertEquals(shown.textContent?.match(/^x+/)?.[0].length, 10_000);
  assert(shown.querySelector("em")?.textContent?.includes("2,500"));
});
