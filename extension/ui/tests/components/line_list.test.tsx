import { TestPage, within } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import { LineList } from "../../src/components/line_list.tsx";
import { FakeTime } from "../fakes/time.ts";
import { LineStore } from "../../src/lib/line_store.ts";

function open(page: TestPage, bounds?: LineStore["bounds"]) {
  const store = new LineStore(bounds);
  const view = page.render(
    <LineList store={store} name="The log" fileName="log.txt" empty={<p>No lines</p>}>
      <button type="button">Extra</button>
    </LineList>,
  );
  const write = (...texts: string[]) =>
    page.act(() => {
      for (const text of texts) store.push({ timestamp: "2026-08-01T12:00:00.000Z", text });
      store.flush();
    });
  const shown = () => view.queryAllByRole("listitem").map((row) => row.querySelector(".text")?.textContent);
  // Beside the controls of the search and the one that is handed in.
  const button = (name: RegExp) => view.getByRole("button", { name });
  return { store, view, write, shown, button };
}

const DOWNLOAD = /download/i;
const PAUSE = /pause/i;
const FOLLOW = /follow/i;

Deno.test("an empty list shows its placeholder and disables the download", async () => {
  await using page = new TestPage();
  const { store, view, button } = open(page);
  using _ = store;
  assert(view.getByText("No lines"));
  assert(view.getByRole("button", { name: "Extra" }));
  assert(button(DOWNLOAD).hasAttribute("disabled"));
});

Deno.test("shows the lines in order with their positions", async () => {
  await using page = new TestPage();
  const { store, view, write, shown } = open(page);
  using _ = store;
  await write("one", "two", "three");
  assertEquals(shown(), ["one", "two", "three"]);
  const row = view.getAllByRole("listitem")[1]!;
  assertEquals([row.ariaPosInSet ?? row.getAttribute("aria-posinset"), row.getAttribute("aria-setsize")], [
    "2",
    "3",
  ]);
});

Deno.test("renders only the visible ones of many lines", async () => {
  await using page = new TestPage();
  const { store, write, view } = open(page);
  using _ = store;
  await write(...Array.from({ length: 5000 }, (_, index) => `line ${index}`));
  const rows = view.getAllByRole("listitem");
  assert(rows.length > 0 && rows.length < 100, String(rows.length));
  assertEquals(rows[0]!.getAttribute("aria-setsize"), "5000");
});

Deno.test("a paused list does not move and counts new lines", async () => {
  await using page = new TestPage();
  const { store, write, shown, button } = open(page);
  using _ = store;
  await write("one");
  await page.user.click(button(PAUSE));
  await write("two", "three");
  assertEquals(shown(), ["one"]);
  assert(button(FOLLOW).textContent?.includes("2"));
  await page.user.click(button(FOLLOW));
  assertEquals(shown(), ["one", "two", "three"]);
});

Deno.test("a download contains the lines that a paused list hides", async () => {
  await using page = new TestPage();
  const { store, write, button } = open(page);
  using _ = store;
  await write("one");
  await page.user.click(button(PAUSE));
  await write("two");
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
  const text = await blobs[0]!.text();
  assertEquals(text.split("\n").map((line) => line.split(" ").at(-1)), ["one", "two", ""]);
});

Deno.test("counts dropped lines", async () => {
  await using page = new TestPage();
  const { store, view, write, shown } = open(page, { lines: 2, characters: 1000, flushMs: 1 });
  using _ = store;
  await write("one", "two", "three", "four");
  assertEquals(shown(), ["three", "four"]);
  assert(view.getByText(/2 .*2 /));
});

Deno.test("a search scrolls to a line, highlights it, pauses the list and announces the line", async () => {
  await using page = new TestPage();
  const { store, view, write, button } = open(page);
  using _ = store;
  await write("web up", "db up", "web down");
  await page.user.type(view.getByRole("textbox"), "db{Enter}");
  const row = await eventually(
    "the line",
    () => view.getAllByRole("listitem").find((one) => one.getAttribute("aria-current") === "true"),
  );
  assertEquals(within(row).getByText("db").tagName, "MARK");
  assert(button(FOLLOW));
  assertEquals(view.getByRole("status").textContent, "db up");
});

Deno.test("the list is a focusable log that is not announced", async () => {
  await using page = new TestPage();
  const { store, view } = open(page);
  using _ = store;
  const log = view.getByRole("log", { name: "The log" });
  assertEquals([log.getAttribute("aria-live"), log.tabIndex], ["off", 0]);
});
