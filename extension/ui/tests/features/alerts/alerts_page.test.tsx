import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import AlertsPage from "../../../src/features/alerts/alerts_page.tsx";
import { TestPage } from "../../dom.ts";
import { fakeClient } from "../../fakes/client.ts";
import { alert, rule } from "./messages.ts";
import { open } from "./open_page.tsx";

const PHONE = { id: "phone", name: "Phone", kind: "ntfy", url: "env:NTFY", source: "stored" };

Deno.test("shows alerts that fire and past ones, without marks of direction", async () => {
  const past = alert({ id: "a2", name: "d\u202eb", state: "resolved", endedAt: new Date().toISOString() });
  const { page, view } = open("", { "/alerts": { alerts: [alert(), past], next: null } });
  await using _ = page;
  await eventually("the alert", () => view.queryByRole("link", { name: "web" }));
  assert(view.getByText("Firing"));
  assert(view.getByText("Resolved"));
  assert(!document.body.textContent!.includes("\u202e"));
});

Deno.test("acknowledges an alert", async () => {
  const { transport, page, view } = open("", {
    "/alerts": { alerts: [alert()], next: null },
    "POST /alerts/a1/acknowledge": alert({ state: "acknowledged" }),
  });
  await using _ = page;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Acknowledge" })),
  );
  assert(transport.asked.includes("POST /alerts/a1/acknowledge"));
});

Deno.test("silences an alert for an hour", async () => {
  const { transport, page, view } = open("", {
    "/alerts": { alerts: [alert()], next: null },
    "POST /alerts/a1/silence": alert({ state: "silenced" }),
  });
  await using _ = page;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Silence for 1 h" })),
  );
  assertEquals(transport.bodies, [{ for: "1h" }]);
});

Deno.test("adds a rule that delivers to a channel", async () => {
  const { transport, page, view } = open("rules", {
    "/alerts/rules": [],
    "/alerts/channels": [PHONE],
    "POST /alerts/rules": rule(),
  });
  await using _ = page;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Add rule" })),
  );
  await page.user.type(view.getByRole("textbox", { name: "Name" }), "Busy");
  await page.user.click(view.getByRole("checkbox", { name: "Phone" }));
  await page.user.click(view.getByRole("button", { name: "Save" }));
  await eventually("the request", () => transport.bodies.length === 1);
  assertEquals(transport.bodies[0], {
    name: "Busy",
    when: { kind: "threshold", metric: "cpu", above: 80 },
    for: "5m",
    match: {},
    deliver: ["phone"],
    repeat: null,
    quiet: null,
    heal: null,
  });
});

Deno.test("rules of the file have no controls, and a rule that cannot be evaluated shows the reason", async () => {
  const { page, view } = open("rules", {
    "/alerts/rules": [rule({ source: "file" }), rule({ id: "new", name: "New", problem: "It does nothing" })],
    "/alerts/channels": [],
  });
  await using _ = page;
  assert(await eventually("the reason", () => view.queryByText("It does nothing")));
  assertEquals(view.getAllByRole("button", { name: "Edit" }).length, 1);
});

Deno.test("the reason of a refusal stays in the editor", async () => {
  const { page, view } = open("rules", {
    "/alerts/rules": [],
    "/alerts/channels": [],
    "POST /alerts/rules": new Error("Cannot use the body"),
  });
  await using _ = page;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Add rule" })),
  );
  await page.user.type(view.getByRole("textbox", { name: "Name" }), "Busy");
  await page.user.click(view.getByRole("button", { name: "Save" }));
  await eventually("the reason", () => view.queryAllByText("Cannot use the body").length > 0);
  assert(view.getByRole("dialog"));
});

Deno.test("a test of a channel shows its outcome", async () => {
  const { page, view } = open("channels", {
    "/alerts/rules": [],
    "/alerts/channels": [PHONE],
    "POST /alerts/channels/phone/test": { outcome: "unreachable" },
  });
  await using _ = page;
  await page.user.click(
    await eventually("the button", () => view.queryByRole("button", { name: "Send test" })),
  );
  assert(await eventually("the outcome", () => view.queryByText("Unreachable")));
});

Deno.test("without the token rules are not requested", async () => {
  const { transport, client } = fakeClient({ access: "view" });
  await using page = new TestPage(client);
  const view = page.render(<AlertsPage path={["rules"]} />);
  assert(view.getByText("Sign in to see rules and channels."));
  assertEquals(transport.asked.filter((path) => path.includes("rules")), []);
});
