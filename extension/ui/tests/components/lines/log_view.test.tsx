import { TestPage, within } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import { openLogView } from "../../fakes/log_view.tsx";
import { FakeTime } from "../../fakes/time.ts";

const DOWNLOAD = /download/i;

Deno.test("an empty log shows its placeholder and disables the download", async () => {
  await using page = new TestPage();
  const { store, view, button } = openLogView(page);
  using _ = store;
  assert(view.getByText("No lines"));
  assert(button(DOWNLOAD).hasAttribute("disabled"));
});

Deno.test("shows the lines in order with their positions", async () => {
  await using page = new TestPage();
  const { store, view, push, shown } = openLogView(page);
  using _ = store;
  await push("one", "two", "three");
  assertEquals(shown(), ["one", "two", "three"]);
  const row = view.getAllByRole("listitem")[1]!;
  assertEquals([row.getAttribute("aria-posinset"), row.getAttribute("aria-setsize")], ["2", "3"]);
});

Deno.test("renders only the visible ones of many lines", async () => {
  await using page = new TestPage();
  const { store, push, view } = openLogView(page);
  using _ = store;
  await push(...Array.from({ length: 5000 }, (_, index) => `line ${index}`));
  const rows = view.getAllByRole("listitem");
  assert(rows.length > 0 && rows.length < 100, String(rows.length));
  assertEquals(rows[0]!.getAttribute("aria-setsize"), "5000");
});

Deno.test("a download contains the shown lines", async () => {
  await using page = new TestPage();
  const { store, push, button } = openLogView(page);
  using _ = store;
  await push("one", "WARN two", "ERROR three");
  await page.user.click(button(/^Error/));
  const blobs: Blob[] = [];
  const { createObjectURL } = URL;
  // The download is released by a timer, which is of no concern here.
  using _time = new FakeTime();
  URL.createObjectURL = (blob) => {
    blobs.push(blob as Blob);
    return "blob:test";
  };
  try {
    button(DOWNLOAD).click();
  } finally {
    URL.createObjectURL = createObjectURL;
  }
  assertEquals(await blobs[0]!.text(), "2026-08-01T12:00:00.000Z ERROR three\n");
});

Deno.test("counts dropped lines", async () => {
  await using page = new TestPage();
  const { store, view, push, shown } = openLogView(page, {}, { lines: 2, characters: 1000, flushMs: 1 });
  using _ = store;
  await push("one", "two", "three", "four");
  assertEquals(shown(), ["three", "four"]);
  assert(view.getByText("Last 2 lines"));
});

Deno.test("a search scrolls to a line, marks it, pauses the log and announces the line", async () => {
  await using page = new TestPage();
  const { store, view, push, button } = openLogView(page);
  using _ = store;
  await push("web up", "db up", "web down");
  await page.user.type(view.getByRole("textbox"), "db");
  await view.findByText("1");
  await page.user.keyboard("{Enter}");
  const row = await eventually(
    "the line",
    () => view.getAllByRole("listitem").find((one) => one.getAttribute("aria-current") === "true"),
  );
  assertEquals(within(row).getByText("db").tagName, "MARK");
  assert(button(/follow/i));
  assertEquals(view.getByRole("status").textContent, "db up");
});

Deno.test("shows only matches, or excludes them", async () => {
  await using page = new TestPage();
  const { store, view, push, shown, button } = openLogView(page);
  using _ = store;
  await push("web up", "db up", "web down");
  await page.user.type(view.getByRole("textbox"), "/w.b/");
  await page.user.click(await view.findByRole("button", { name: "Mark matches" }));
  await page.user.click(view.getByRole("menuitemradio", { name: "Only matches" }));
  await eventually("the matches", () => shown().join() === "web up,web down");
  await page.user.click(view.getByRole("menuitemradio", { name: "Exclude matches" }));
  await eventually("the others", () => shown().join() === "db up");
  await page.user.keyboard("{Escape}");
  assert(button(/exclude/i));
});

Deno.test("filters by level and stream", async () => {
  await using page = new TestPage();
  const { store, view, push, shown, button } = openLogView(page);
  using _ = store;
  await push({ text: "ERROR a", stream: "stderr" }, { text: "b", stream: "stdout" }, {
    text: "c",
    stream: "stderr",
  });
  await page.user.click(button(/^Error/));
  assertEquals(shown(), ["ERROR a"]);
  await page.user.click(button(/^Error/));
  await page.user.click(button(/display/i));
  await page.user.click(view.getByRole("menuitemradio", { name: "stdout only" }));
  assertEquals(shown(), ["b"]);
});

Deno.test("stores the form of the times", async () => {
  await using page = new TestPage();
  const { store, view, push, button } = openLogView(page);
  using _ = store;
  await push("one");
  assertEquals(view.container.querySelectorAll("time").length, 1);
  await page.user.click(button(/display/i));
  await page.user.click(view.getByRole("menuitemradio", { name: "No times" }));
  assertEquals(view.container.querySelectorAll("time").length, 0);
  view.unmount();
  const again = openLogView(page);
  using _again = again.store;
  await again.push("one");
  assertEquals(again.view.container.querySelectorAll("time").length, 0);
});

for (const kept of ['"LOUD"', "5", '{"times":"__proto__"}', '{"times":"utc","wrap":1}']) {
  Deno.test(`ignores the stored settings ${kept}`, async () => {
    await using page = new TestPage();
    localStorage.setItem("dockstat.logs.settings", kept);
    const { store, view, push } = openLogView(page);
    using _ = store;
    await push("one");
    assertEquals(view.container.querySelectorAll("time").length, 1);
  });
}

Deno.test("unfolds a structured line when its text is clicked", async () => {
  await using page = new TestPage();
  const { store, view, push } = openLogView(page);
  using _ = store;
  await push('{"msg":"paid","order":7}');
  await page.user.click(view.container.querySelector(".text")!);
  assert(view.getByText("order"));
});

Deno.test("hides the lines of muted containers", async () => {
  await using page = new TestPage();
  const sources = new Map([["a", { name: "web", shortName: "web", color: "red" }], ["b", {
    name: "db",
    shortName: "db",
    color: "blue",
  }]]);
  const { store, push, shown } = openLogView(page, { sources, muted: new Set(["b"]) });
  using _ = store;
  await push({ text: "one", source: "a" }, { text: "two", source: "b" });
  assertEquals(shown(), ["one"]);
});

Deno.test("the log is focusable, and is not announced", async () => {
  await using page = new TestPage();
  const { store, view } = openLogView(page);
  using _ = store;
  const log = view.getByRole("log", { name: "The log" });
  assertEquals([log.getAttribute("aria-live"), log.tabIndex], ["off", 0]);
});
