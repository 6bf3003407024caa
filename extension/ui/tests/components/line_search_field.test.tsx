import { TestPage } from "../dom.ts";
import { fireEvent } from "@testing-library/react";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { windowListeners } from "../fakes/window_listeners.ts";
import { LineSearchField, type LineSearchFieldProps } from "../../src/components/line_search_field.tsx";

function open(page: TestPage, props: Partial<LineSearchFieldProps> = {}) {
  const calls: string[] = [];
  const view = page.render(
    <LineSearchField
      query="web"
      found={3}
      at={undefined}
      onQuery={(query) => calls.push(`query ${query}`)}
      onStep={(direction) => calls.push(direction)}
      {...props}
    />,
  );
  return { view, calls, field: view.getByRole("textbox") };
}

Deno.test("searches for the typed text", async () => {
  await using page = new TestPage();
  const { field, calls } = open(page, { query: "" });
  await page.user.type(field, "w");
  assertEquals(calls, ["query w"]);
});

Deno.test("Enter finds the next match, Shift+Enter the previous one, and Escape clears the search", async () => {
  await using page = new TestPage();
  const { field, calls } = open(page);
  field.focus();
  await page.user.keyboard("{Enter}{Shift>}{Enter}{/Shift}{Escape}");
  assertEquals(calls, ["next", "previous", "query "]);
});

Deno.test("the buttons work like the keys", async () => {
  await using page = new TestPage();
  const { view, calls } = open(page);
  const [clear, previous, next] = view.getAllByRole("button");
  for (const button of [previous!, next!, clear!]) await page.user.click(button);
  assertEquals(calls, ["previous", "next", "query "]);
});

Deno.test("disables the step buttons without a match", async () => {
  await using page = new TestPage();
  const { view } = open(page, { found: 0 });
  const disabled = view.getAllByRole("button").filter((button) => button.hasAttribute("disabled"));
  assertEquals(disabled.length, 2);
});

Deno.test("an empty field has no clear button", async () => {
  await using page = new TestPage();
  assertEquals(open(page, { query: "", found: 0 }).view.getAllByRole("button").length, 2);
});

Deno.test("shows the number of matching lines", async () => {
  await using page = new TestPage();
  assert(open(page, { found: 1234 }).view.container.textContent?.includes("1,234"));
});

Deno.test("counts the position from one", async () => {
  await using page = new TestPage();
  const { view } = open(page, { found: 3, at: 1 });
  assert(/2\D*3 /.test(view.container.textContent ?? ""), view.container.textContent ?? "");
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
