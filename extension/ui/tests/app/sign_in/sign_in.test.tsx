import { TestPage } from "../../dom.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import type { About } from "../../../../../server/protocol/about.ts";
import { SignInButton } from "../../../src/app/sign_in/sign_in_button.tsx";
import { SignInPage } from "../../../src/app/sign_in/sign_in_page.tsx";
import { Session } from "../../../src/lib/session.ts";
import { BrowserTransport } from "../../../src/lib/transport/browser_transport.ts";
import { fakeClient } from "../../fakes/client.ts";

function open(about: Partial<About>, kind: "browser" | "desktop" = "browser") {
  const { client } = fakeClient(about);
  if (kind === "browser") {
    const transport = new BrowserTransport("http://127.0.0.1:1/", new Session(undefined));
    Object.defineProperty(client, "transport", { value: transport });
  }
  const page = new TestPage(client);
  const view = page.render(about.access === "none" ? <SignInPage /> : <SignInButton />);
  return { page, view, button: () => view.queryByRole("button", { name: "Sign in" }) };
}

for (
  const [what, about, offered] of [
    ["with full access there is nothing to sign in for", {}, false],
    ["a read-only server offers to sign in, since logs need the token", {
      readOnly: true,
      access: "view",
    }, true],
    ["a read-only server offers nothing with full access", { readOnly: true }, false],
    ["a demo without the token offers to sign in", { simulated: true, access: "view" }, true],
  ] as const
) {
  Deno.test(what, async () => {
    const { page, button } = open(about);
    await using _ = page;
    assertEquals(button() !== null, offered);
  });
}

Deno.test("a client with view access sees the form only after a click", async () => {
  const { page, view, button } = open({ access: "view" });
  await using _ = page;
  assertEquals(document.querySelector("form"), null);
  await page.user.click(button()!);
  await view.findByRole("dialog", { name: "Sign in" });
  assert(
    view.getByText(
      "To read logs and make changes, enter the token that “dockstat token” prints, in a checkout “deno task token”.",
    ),
  );
});

Deno.test("on a read-only server signing in promises no changes", async () => {
  const { page, view, button } = open({ access: "view", readOnly: true });
  await using _ = page;
  await page.user.click(button()!);
  assert(
    await view.findByText(
      "To read logs and files, enter the token that “dockstat token” prints, in a checkout “deno task token”.",
    ),
  );
});

Deno.test("a client without access gets the form at once, with a field that hides the token", async () => {
  const { page, view } = open({ access: "none", simulated: true });
  await using _ = page;
  const field = await view.findByLabelText("Token") as HTMLInputElement;
  assertEquals([field.name, field.type, field.required, field.autocomplete], [
    "token",
    "password",
    true,
    "off",
  ]);
  assert(document.querySelector("form button[type=submit]"));
});

Deno.test("Docker Desktop signs in automatically", async () => {
  const { page, button } = open({ access: "view" }, "desktop");
  await using _ = page;
  assertEquals(button(), null);
});
