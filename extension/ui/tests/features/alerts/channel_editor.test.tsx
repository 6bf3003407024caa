import type { Channel } from "../../../../../server/protocol/alerts/channel.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import { open } from "./open_page.tsx";

const HOOK = { id: "hook", name: "Hook", kind: "webhook", url: "env:HOOK", source: "stored" };

/** Opens the editor of a stored channel. */
async function openEditor(channel: object) {
  const opened = open("channels", {
    "/alerts/rules": [],
    "/alerts/channels": [channel as Channel],
    "PUT /alerts/channels/hook": channel,
  });
  const { page, view } = opened;
  await page.user.click(await eventually("the button", () => view.queryByRole("button", { name: "Edit" })));
  return { ...opened, save: () => page.user.click(view.getByRole("button", { name: "Save" })) };
}

Deno.test("saves headers and a template of a webhook", async () => {
  const { page, view, transport, save } = await openEditor(HOOK);
  await using _ = page;
  await page.user.click(view.getByRole("button", { name: "More" }));
  await page.user.type(view.getByRole("textbox", { name: "Headers" }), "Authorization: env:TOKEN");
  // The braces of the template are doubled, because a single one begins the name of a key.
  await page.user.type(
    view.getByRole("textbox", { name: "Template" }),
    JSON.stringify({ text: "{{rule}}" }).replace(/\{/g, "{{"),
  );
  await save();
  await eventually("the request", () => transport.bodies.length === 1);
  assertEquals(transport.bodies, [{
    ...{ kind: "webhook", name: "Hook", url: "env:HOOK", headers: { Authorization: "env:TOKEN" } },
    template: { text: "{{rule}}" },
  }]);
});

Deno.test("a template that cannot be read stays in the editor, with the reason", async () => {
  const { page, view, transport, save } = await openEditor({ ...HOOK, template: { text: "x" } });
  await using _ = page;
  await page.user.type(view.getByRole("textbox", { name: "Template" }), ",");
  await save();
  assert(await eventually("the reason", () => view.queryByText("The template is not valid JSON.")));
  assertEquals(transport.bodies, []);
});

Deno.test("shows the encryption of a mail channel", async () => {
  const mail = { kind: "email", host: "mail.example", port: 465, from: "a@b.c", to: ["d@e.f"] };
  const { page, view } = await openEditor({ ...HOOK, ...mail, security: "tls" });
  await using _ = page;
  assertEquals(view.getByRole("combobox", { name: "Encryption" }).textContent, "TLS");
});

Deno.test("the row of a channel whose deliveries fail shows since when and why", async () => {
  const failure = { outcome: "unreachable", since: "2026-11-20T10:00:00Z" };
  const { page, view } = await openEditor({ ...HOOK, failure });
  await using _ = page;
  assert(view.getByText(/^Deliveries have failed since .+\. Unreachable$/));
});

Deno.test("a failure of deliveries is not sent back when the channel is saved", async () => {
  const failure = { outcome: "unreachable", since: "2026-11-20T10:00:00Z" };
  const { page, transport, save } = await openEditor({ ...HOOK, failure });
  await using _ = page;
  await save();
  await eventually("the request", () => transport.bodies.length === 1);
  assertEquals(transport.bodies, [{ kind: "webhook", name: "Hook", url: "env:HOOK" }]);
});

const RULE = {
  ...{ id: "sick", name: "Sick", when: { kind: "state", state: "unhealthy" }, for: "1m", match: {} },
  ...{ deliver: [], quiet: null, enabled: true, repeat: null, heal: null, source: "stored", problem: null },
};

/** Adds a channel to a page with a rule of the page and one of the file. */
async function addChannel(deliver: readonly string[]) {
  const rules = [{ ...RULE, deliver }, { ...RULE, id: "own", source: "file" }];
  const opened = open("channels", {
    "/alerts/rules": rules,
    "/alerts/channels": [],
    "POST /alerts/channels": HOOK,
    "PUT /alerts/rules/sick": RULE,
  });
  const { page, view } = opened;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Add channel" })),
  );
  await page.user.type(view.getByRole("textbox", { name: /^Name/ }), "Hook");
  await page.user.type(view.getByRole("textbox", { name: /address/i }), "env:HOOK");
  return { ...opened, save: () => page.user.click(view.getByRole("button", { name: "Save" })) };
}

Deno.test("the first channel gets the alerts of all rules of the page", async () => {
  const { page, transport, save } = await addChannel([]);
  await using _ = page;
  await save();
  await eventually("the requests", () => transport.bodies.length === 2);
  assertEquals((transport.bodies[1] as { deliver: unknown }).deliver, ["hook"]);
});

Deno.test("a further channel changes no rule", async () => {
  const { page, view, transport, save } = await addChannel(["phone"]);
  await using _ = page;
  await save();
  await eventually("the end of the dialog", () => view.queryByRole("dialog") === null);
  assertEquals(transport.bodies.length, 1);
});

Deno.test("a refused channel is reported in its dialog only", async () => {
  const { page, view, transport, save } = await addChannel(["phone"]);
  await using _ = page;
  transport.answers["POST /alerts/channels"] = new Error("The name is taken.");
  await save();
  await eventually("the reason", () => view.queryByText("The name is taken."));
  await page.user.click(view.getByRole("button", { name: "Cancel" }));
  await eventually("the end of the dialog", () => view.queryByRole("dialog") === null);
  assertEquals(view.queryByText("The name is taken."), null);
});
