import { TestPage, within } from "../../dom.ts";
import { fireEvent } from "@testing-library/react";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import { FakePaging, openLogView } from "../../fakes/log_view.tsx";

const PAUSE = /pause/i;
const LINES = Array.from({ length: 300 }, (_, index) => `line ${index}`);

Deno.test("a paused log counts new lines, and leads back to the end", async () => {
  await using page = new TestPage();
  const paging = new FakePaging();
  const { store, view, push, button } = openLogView(page, { paging });
  using _ = store;
  await push(...LINES);
  await page.user.click(button(PAUSE));
  const log = view.getByRole("log");
  const before = log.scrollTop;
  await push("two", "three");
  assertEquals(log.scrollTop, before);
  await page.user.click(button(/2 new lines/));
  assertEquals(paging.calls.at(-1), "end");
  assert(button(PAUSE));
});

Deno.test("selects lines by their times, and copies them as written", async () => {
  await using page = new TestPage();
  const { store, view, push } = openLogView(page, { linkTo: ({ head }) => `#${head.text}` });
  using _ = store;
  await push("one", "two", "three");
  const times = [...view.container.querySelectorAll("time")];
  await page.user.click(times[0]!);
  fireEvent.click(times[1]!, { shiftKey: true });
  const bar = view.getByRole("group", { name: "2 lines selected" });
  await page.user.click(within(bar).getByRole("button", { name: "Copy" }));
  assertEquals(await navigator.clipboard.readText(), "one\ntwo");
  await page.user.click(within(bar).getByRole("button", { name: "Copy link" }));
  assertEquals(await navigator.clipboard.readText(), "#one");
});

Deno.test("selects all lines with Ctrl+A, also those not rendered, and clears with Escape", async () => {
  await using page = new TestPage();
  const { store, view, push } = openLogView(page);
  using _ = store;
  await push(...LINES);
  view.getByRole("log").focus();
  await page.user.keyboard("{Control>}a{/Control}");
  assert(view.getByRole("group", { name: "300 lines selected" }));
  await page.user.keyboard("{Escape}");
  assertEquals(view.queryByRole("group", { name: /selected/ }), null);
});

Deno.test("loads older lines once if the log does not fill the view, and offers more", async () => {
  await using page = new TestPage();
  const paging = new FakePaging();
  const { store, push, button } = openLogView(page, { paging });
  using _ = store;
  await push("one");
  await push("two");
  assertEquals(paging.calls, ["older"]);
  await page.user.click(button(/older/i));
  assertEquals(paging.calls, ["older", "older"]);
});

Deno.test("shows the start of the log, and why lines could not be loaded", async () => {
  await using page = new TestPage();
  const paging = new FakePaging();
  const { store, view, push } = openLogView(page, { paging });
  using _ = store;
  await push("one");
  await page.act(() => paging.state.set({ ...paging.state.value, error: "the host is down" }));
  assert(view.getByText("Cannot load lines: the host is down"));
  await page.act(() => paging.state.set({ ...paging.state.value, atStart: true }));
  assert(view.getByText("Start of the log"));
});

Deno.test("scrolls to the line that a jump leads to, and marks it", async () => {
  await using page = new TestPage();
  const paging = new FakePaging();
  const { store, view, push } = openLogView(page, { paging });
  using _ = store;
  await push({ text: "early", timestamp: "2026-08-01T11:00:00.000Z" }, "wanted");
  await page.act(() => paging.state.set({ ...paging.state.value, target: { at: Date.UTC(2026, 7, 1, 12) } }));
  assertEquals(view.container.querySelector("[aria-current] .text")?.textContent, "wanted");
});

Deno.test("jumps to another time of today after a change of the time alone", async () => {
  await using page = new TestPage();
  const paging = new FakePaging();
  const { store, view, push, button } = openLogView(page, { paging });
  using _ = store;
  await push(...LINES);
  await page.user.click(button(/^Time range/));
  const dialog = view.getByRole("dialog", { name: "Time range" });
  const field = within(dialog).getByLabelText<HTMLInputElement>("Jump to time");
  const midnight = `${field.value.slice(0, 10)}T00:00:00`;
  fireEvent.change(field, { target: { value: midnight } });
  await page.user.click(within(dialog).getByRole("button", { name: "Jump" }));
  assertEquals(paging.calls.at(-1), `jump ${new Date(midnight).toISOString()}`);
});
