import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import type { Rule } from "../../../../../server/protocol/alerts/rule.ts";
import { rule } from "./messages.ts";
import { open } from "./open_page.tsx";

/** Opens the editor of a rule, or of a new one. */
async function openEditor(edited?: Rule) {
  const opened = open("rules", {
    "/alerts/rules": edited === undefined ? [] : [edited],
    "/alerts/channels": [],
    "POST /alerts/rules": rule(),
    "PUT /alerts/rules/sick": rule(),
  });
  const { page, view } = opened;
  const name = edited === undefined ? "Add rule" : "Edit";
  await page.user.click(await eventually("the button", () => view.queryByRole("button", { name })));
  const save = async () => {
    await page.user.click(view.getByRole("button", { name: "Save" }));
    await eventually("the request", () => opened.transport.bodies.length === 1);
    return opened.transport.bodies[0] as Rule;
  };
  return { ...opened, save };
}

Deno.test("a new rule shows the fields with a default only behind a button", async () => {
  const { page, view } = await openEditor();
  await using _ = page;
  assertEquals(view.queryByLabelText("Quiet from"), null);
  await page.user.click(view.getByRole("button", { name: "More" }));
  assert(view.getByLabelText("Quiet from"));
  assertEquals(view.getByRole("button", { name: "More" }).getAttribute("aria-expanded"), "true");
});

Deno.test("saves quiet hours, healing and repeats", async () => {
  const { page, view, save } = await openEditor();
  await using _ = page;
  await page.user.type(view.getByRole("textbox", { name: "Name" }), "Busy");
  await page.user.click(view.getByRole("button", { name: "More" }));
  await page.user.type(view.getByLabelText("Quiet from"), "22:00");
  await page.user.type(view.getByLabelText(/^Quiet to/), "07:00");
  await page.user.type(view.getByRole("combobox", { name: "Time zone" }), "Europe/Berlin");
  await page.user.type(view.getByRole("spinbutton", { name: "Restarts per hour" }), "3");
  await page.user.type(view.getByRole("textbox", { name: /^Repeat/ }), "4h");
  const { quiet, heal, repeat } = await save();
  assertEquals({ quiet, heal, repeat }, {
    quiet: { from: "22:00", to: "07:00", zone: "Europe/Berlin" },
    heal: { restarts: 3 },
    repeat: "4h",
  });
});

Deno.test("a rule with quiet hours opens with them", async () => {
  const { page, view } = await openEditor(rule({ quiet: { from: "22:00", to: "07:00", zone: "UTC" } }));
  await using _ = page;
  assert(view.getByDisplayValue("22:00"));
  assert(view.getByDisplayValue("UTC"));
});

Deno.test("half of the quiet hours cannot be saved", async () => {
  const { page, view, transport } = await openEditor(rule({ repeat: "4h" }));
  await using _ = page;
  await page.user.type(view.getByLabelText("Quiet from"), "22:00");
  await page.user.click(view.getByRole("button", { name: "Save" }));
  assert(view.getByLabelText(/^Quiet to/).hasAttribute("required"));
  assertEquals(transport.bodies, []);
});

Deno.test("a rule about a log counts lines within a time", async () => {
  const { page, view, save } = await openEditor(
    rule({ when: { kind: "log", pattern: "x", count: 3, within: "5m" } }),
  );
  await using _ = page;
  await page.user.type(view.getByRole("spinbutton", { name: "Matching lines" }), "0");
  await page.user.click(view.getByRole("checkbox", { name: "Match case" }));
  assertEquals((await save()).when, { kind: "log", pattern: "x", count: 30, within: "5m", case: true });
});

Deno.test("a limit with a unit is saved as a number of bytes", async () => {
  const { page, view, save } = await openEditor(
    rule({ when: { kind: "threshold", metric: "memoryBytes", above: 512 * 2 ** 20 } }),
  );
  await using _ = page;
  const above = view.getByDisplayValue("512 MiB");
  assert(above.hasAttribute("pattern"));
  await page.user.clear(above);
  await page.user.type(above, "2 GiB");
  assertEquals((await save()).when, { kind: "threshold", metric: "memoryBytes", above: 2 * 2 ** 30 });
});

Deno.test("a rule is saved without a channel that was deleted", async () => {
  const { page, save } = await openEditor(rule({ deliver: ["gone"] }));
  await using _ = page;
  assertEquals((await save()).deliver, []);
});

Deno.test("a rule about images stays one", async () => {
  const { page, save } = await openEditor(rule({ when: { kind: "image" } }));
  await using _ = page;
  assertEquals((await save()).when, { kind: "image" });
});
