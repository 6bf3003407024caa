import { TestPage } from "../../dom.ts";
import { fireEvent } from "@testing-library/react";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import { windowListeners } from "../../fakes/window_listeners.ts";
import { SearchBox, type SearchBoxProps } from "../../../src/components/lines/controls/search_box.tsx";

const WEB = { text: "web", isRegex: false, matchCase: false };
const EMPTY = { ...WEB, text: "" };

function open(page: TestPage, props: Partial<SearchBoxProps> = {}) {
  const calls: string[] = [];
  const box = (changes: Partial<SearchBoxProps>) => (
    <SearchBox
      query={WEB}
      found={3}
      at={undefined}
      isDone
      error={undefined}
      onQuery={({ text, isRegex, matchCase }) =>
        calls.push(`${text}${isRegex ? " regex" : ""}${matchCase ? " case" : ""}`)}
      onStep={(direction) => calls.push(direction)}
      {...changes}
    />
  );
  const view = page.render(box(props));
  const press = (name: RegExp) => page.user.click(view.getByRole("button", { name }));
  return { view, box, calls, press, field: view.getByRole("textbox") };
}

Deno.test("searches for the typed text", async () => {
  await using page = new TestPage();
  const { field, calls } = open(page, { query: EMPTY });
  await page.user.type(field, "w");
  assertEquals(calls, ["w"]);
});

Deno.test("Enter finds the next match, Shift+Enter the previous one, and Escape clears the search", async () => {
  await using page = new TestPage();
  const { field, calls } = open(page);
  field.focus();
  await page.user.keyboard("{Enter}{Shift>}{Enter}{/Shift}{Escape}");
  assertEquals(calls, ["next", "previous", ""]);
});

Deno.test("Enter before the first match steps once there is one, and is forgotten with another query", async () => {
  await using page = new TestPage();
  const { calls, field, view, box } = open(page, { found: 0, isDone: false });
  field.focus();
  await page.user.keyboard("{Enter}");
  assertEquals(calls, []);
  view.rerender(box({ found: 2, isDone: false }));
  assertEquals(calls, ["next"]);
  view.rerender(box({ found: 0, isDone: false }));
  await page.user.keyboard("{Enter}");
  view.rerender(box({ query: { ...WEB, text: "w" }, found: 2 }));
  assertEquals(calls, ["next"]);
});

Deno.test("the buttons work like the keys", async () => {
  await using page = new TestPage();
  const { calls, press } = open(page);
  for (const name of [/previous/i, /next/i, /clear/i]) await press(name);
  assertEquals(calls, ["previous", "next", ""]);
});

Deno.test("switches case and patterns", async () => {
  await using page = new TestPage();
  const { calls, press } = open(page);
  await press(/case/i);
  await press(/regular/i);
  assertEquals(calls, ["web case", "web regex"]);
});

Deno.test("disables the steps without a match", async () => {
  await using page = new TestPage();
  const { view } = open(page, { found: 0 });
  assertEquals(view.getAllByRole("button").filter((button) => button.hasAttribute("disabled")).length, 2);
});

Deno.test("shows the position among the matches, counted from one", async () => {
  await using page = new TestPage();
  const { view } = open(page, { found: 1234, at: 6 });
  assert(view.getByText("7 of 1,234"));
});

Deno.test("shows that the search has not ended", async () => {
  await using page = new TestPage();
  assert(open(page, { isDone: false }).view.getByText("3…"));
});

Deno.test("shows the reason of an invalid pattern at the field", async () => {
  await using page = new TestPage();
  const { view, field } = open(page, { error: "Invalid pattern: missing )" });
  assertEquals(field.getAttribute("aria-invalid"), "true");
  assertEquals(view.getByRole("alert").id, field.getAttribute("aria-errormessage"));
});

Deno.test("a slash anywhere on the page focuses the field", async () => {
  await using page = new TestPage();
  const { field, calls } = open(page);
  await page.user.keyboard("/");
  assertEquals([document.activeElement === field, calls], [true, []]);
});

Deno.test("ignores a slash typed into another field or pressed with Ctrl", async () => {
  await using page = new TestPage();
  const { field } = open(page);
  const other = document.createElement("textarea");
  document.body.append(other);
  other.focus();
  await page.user.keyboard("/");
  assertEquals([document.activeElement === other, other.value], [true, "/"]);
  other.blur();
  fireEvent.keyDown(document.body, { key: "/", ctrlKey: true });
  assertEquals(document.activeElement === field, false);
});

Deno.test("removes its key listener when it is unmounted", async () => {
  await using page = new TestPage();
  const before = windowListeners.get("keydown") ?? 0;
  const { view } = open(page);
  view.unmount();
  assertEquals(windowListeners.get("keydown"), before);
});
