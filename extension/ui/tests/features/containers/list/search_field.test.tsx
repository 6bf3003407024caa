import { TestPage } from "../../../dom.ts";
import { fireEvent } from "@testing-library/react";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { SearchField } from "../../../../src/features/containers/list/search_field.tsx";
import { windowListeners } from "../../../fakes/window_listeners.ts";

function open(page: TestPage, value = "") {
  const changes: string[] = [];
  const view = page.render(<SearchField value={value} onChange={(text) => changes.push(text)} />);
  return { view, changes, field: view.getByRole("searchbox") };
}

Deno.test("reports the typed text", async () => {
  await using page = new TestPage();
  const { field, changes } = open(page, "we");
  await page.user.type(field, "b");
  assertEquals(changes, ["web"]);
});

Deno.test("Escape clears the field", async () => {
  await using page = new TestPage();
  const { field, changes } = open(page, "web");
  field.focus();
  await page.user.keyboard("{Escape}");
  assertEquals(changes, [""]);
});

Deno.test("a slash focuses the field without being typed", async () => {
  await using page = new TestPage();
  const { field, changes } = open(page);
  await page.user.keyboard("/");
  assertEquals([document.activeElement === field, changes], [true, []]);
});

Deno.test("a slash in the field is typed", async () => {
  await using page = new TestPage();
  const { field, changes } = open(page);
  await page.user.type(field, "/");
  assertEquals(changes, ["/"]);
});

for (const modifier of ["ctrlKey", "metaKey", "altKey"] as const) {
  Deno.test(`ignores a slash with ${modifier}`, async () => {
    await using page = new TestPage();
    const { field } = open(page);
    fireEvent.keyDown(document.body, { key: "/", [modifier]: true });
    assertEquals(document.activeElement === field, false);
  });
}

Deno.test("removes its key listener when it is unmounted", async () => {
  await using page = new TestPage();
  const before = windowListeners.get("keydown") ?? 0;
  open(page).view.unmount();
  assertEquals(windowListeners.get("keydown"), before);
});

/** Replaces the media of the window by those of a touch screen. */
function touchScreen(): Disposable {
  const { matchMedia } = globalThis;
  const isTouch = (media: string) => ({ media, matches: media === "(pointer: coarse)", onchange: null });
  const listeners = {
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  };
  globalThis.matchMedia = (media) => ({ ...isTouch(media), ...listeners, dispatchEvent: () => true });
  return { [Symbol.dispose]: () => void (globalThis.matchMedia = matchMedia) };
}

Deno.test("a touch screen does not show the key that focuses the field", async () => {
  using _touch = touchScreen();
  await using phone = new TestPage();
  assertEquals(open(phone).field.getAttribute("placeholder"), "Search");
});
