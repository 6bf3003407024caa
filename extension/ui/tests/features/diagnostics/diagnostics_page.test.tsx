import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import DiagnosticsPage from "../../../src/features/diagnostics/diagnostics_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { host } from "../../fakes/messages.ts";

const SECRET = "kJ3_x9QmZ0-aB7cD1eF5gH8iL2nO4pR6";

function open() {
  const { transport, client } = fakeClient({ version: "4.5.6" });
  transport.answers["/docker/hosts"] = [host({ hostId: "nas", url: `tcp://me:${SECRET}@nas:2376` })];
  const page = new TestPage(client);
  return { page, view: page.render(<DiagnosticsPage />) };
}

/** Takes the place of the clipboard until it is disposed. */
class FakeClipboard implements Disposable {
  readonly texts: string[] = [];
  readonly #before = Object.getOwnPropertyDescriptor(navigator, "clipboard");

  constructor(isAllowed: boolean) {
    const writeText = (text: string) => {
      if (!isAllowed) return Promise.reject(new DOMException("Denied", "NotAllowedError"));
      this.texts.push(text);
      return Promise.resolve();
    };
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) Reflect.deleteProperty(navigator, "clipboard");
    else Object.defineProperty(navigator, "clipboard", this.#before);
  }
}

Deno.test("shows versions and hosts", async () => {
  const { page, view } = open();
  await using _ = page;
  await eventually("the host", () => view.queryByText("nas"));
  assert(view.getByText("4.5.6"));
});

Deno.test("neither the page nor the copied report contains a secret", async () => {
  const { page, view } = open();
  await using _ = page;
  using clipboard = new FakeClipboard(true);
  await eventually("the host", () => view.queryByText("nas"));
  await page.user.click(view.getByRole("button"));
  assertEquals(clipboard.texts.length, 1);
  assert(clipboard.texts[0]!.includes("@nas:2376"));
  for (const text of [clipboard.texts[0]!, document.body.textContent!]) assert(!text.includes(SECRET));
});

Deno.test("a copied report has the sections of the page", async () => {
  const { page, view } = open();
  await using _ = page;
  using clipboard = new FakeClipboard(true);
  await eventually("the host", () => view.queryByText("nas"));
  await page.user.click(view.getByRole("button"));
  for (const heading of view.getAllByRole("heading", { level: 2 })) {
    assert(clipboard.texts[0]!.includes(`### ${heading.textContent}`), heading.textContent ?? "");
  }
  const notice = view.getByRole("alert");
  await page.user.click(notice.querySelector("button")!);
  assertEquals(view.queryByRole("alert"), null);
});

Deno.test("reports that the clipboard is denied", async () => {
  const { page, view } = open();
  await using _ = page;
  using _clipboard = new FakeClipboard(false);
  await page.user.click(view.getByRole("button"));
  const alert = await eventually("the notice", () => view.queryByRole("alert"));
  assert(alert.className.includes("Warning"), alert.className);
});
