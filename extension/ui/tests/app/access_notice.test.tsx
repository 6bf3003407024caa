import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import type { About } from "../../../../server/protocol/about.ts";
import { AccessNotice } from "../../src/app/access_notice.tsx";
import { Session } from "../../src/lib/session.ts";
import { BrowserTransport } from "../../src/lib/transport/browser_transport.ts";
import { fakeClient } from "../fakes/client.ts";

function open(about: Partial<About>, kind: "browser" | "desktop" = "browser") {
  const { client } = fakeClient(about);
  if (kind === "browser") {
    const transport = new BrowserTransport("http://127.0.0.1:1/", new Session(undefined));
    Object.defineProperty(client, "transport", { value: transport });
  }
  const page = new TestPage(client);
  return { page, view: page.render(<AccessNotice />) };
}

for (
  const [what, about, alerts] of [
    ["shows no notice with full access", {}, 0],
    [
      "a read-only server offers to sign in, since logs need the token",
      { readOnly: true, access: "view" },
      1,
    ],
    ["a read-only server shows no notice with full access", { readOnly: true }, 0],
    ["a demo without the token offers to sign in", { simulated: true, access: "view" }, 1],
    ["a client without access can sign in, in a demo too", { simulated: true, access: "none" }, 1],
  ] as const
) {
  Deno.test(what, async () => {
    const { page, view } = open(about);
    await using _ = page;
    if (alerts > 0) await view.findByRole("alert");
    assertEquals(view.queryAllByRole("alert").length, alerts);
    assertEquals(document.querySelector("form") !== null, alerts === 1);
  });
}

Deno.test("a client with view access can sign in with the token, which is not shown", async () => {
  const { page, view } = open({ access: "view" });
  await using _ = page;
  await view.findByRole("alert");
  const field = document.querySelector<HTMLInputElement>("form input")!;
  assertEquals([field.name, field.type, field.required, field.autocomplete], [
    "token",
    "password",
    true,
    "off",
  ]);
  assert(document.querySelector("form button[type=submit]"));
});

Deno.test("Docker Desktop signs in automatically", async () => {
  const { page, view } = open({ access: "view" }, "desktop");
  await using _ = page;
  assertEquals(view.queryByRole("alert"), null);
});
