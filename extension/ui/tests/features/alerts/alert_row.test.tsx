import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import AlertsPage from "../../../src/features/alerts/alerts_page.tsx";
import { TestPage } from "../../dom.ts";
import { fakeClient } from "../../fakes/client.ts";
import { alert } from "./messages.ts";
import { open } from "./open_page.tsx";

const CURVE = "/history?container=1&points=200";
const BUSY = alert({
  ...{ kind: "threshold", metric: "cpu", value: 93.14, limit: 80, unit: "percent", curve: CURVE },
  ...{ since: "2026-06-01T12:00:00.000Z", log: "#/containers/nas/1/logs/x_0" },
});
const HISTORY = {
  series: [{
    ...{ kind: "container", resolutionMs: 18_000, columns: ["epochMs", "cpuUsageMax"] },
    history: [[Date.parse(BUSY.since) - 60_000, 12], [Date.parse(BUSY.since), 97]],
  }],
};

/** Opens the page with one alert. */
function openAlert(shown = BUSY, history: unknown = HISTORY) {
  return open("", { "/alerts": { alerts: [shown], next: null }, [CURVE]: history });
}

Deno.test("an alert shows its start, its value and the limit of the curve", async () => {
  const { page, view } = openAlert();
  await using _ = page;
  await eventually("the curve", () => view.queryByRole("img", { name: /^CPU from .* to / }));
  assert(view.getByText("now 93.1 %"));
  assert(view.getByText(/since 2026-06-01 .*, for /));
  assert(view.getByText("CPU up to 97.0 % · limit 80.0 %"));
});

Deno.test("a silenced alert names the end of the silence", async () => {
  const { page, view } = openAlert({ ...BUSY, state: "silenced", silencedUntil: "2026-06-01T13:00:00.000Z" });
  await using _ = page;
  assert(await eventually("the state", () => view.queryByText(/^Silenced until 2026-06-01 /)));
});

Deno.test("an alert links to its container, and to the log at its start", async () => {
  const { page, view } = openAlert();
  await using _ = page;
  await eventually("the log", () => view.queryByRole("link", { name: /^Log at 2026-06-01 / }));
  assertEquals(view.getByRole("link", { name: /^Log at/ }).getAttribute("href"), BUSY.log);
  assertEquals(view.getByRole("link", { name: "web" }).getAttribute("href"), BUSY.page);
});

Deno.test("the curve of a past alert is requested when it is opened", async () => {
  const { page, view, transport } = openAlert({ ...BUSY, state: "resolved", endedAt: BUSY.since });
  await using _ = page;
  const button = await eventually("the button", () => view.queryByRole("button", { name: "Show curve" }));
  assert(!transport.asked.includes(`GET ${CURVE}`));
  await page.user.click(button);
  assert(await eventually("the curve", () => view.queryByRole("img", { name: /^CPU/ })));
  assert(view.getByText("last 93.1 %"));
});

Deno.test("the curve of an alert without a value is requested when it is opened", async () => {
  const { page, view, transport } = openAlert(alert({ curve: CURVE }), { series: [] });
  await using _ = page;
  assert(await eventually("the button", () => view.queryByRole("button", { name: "Show curve" })));
  assert(!transport.asked.includes(`GET ${CURVE}`));
});

for (const history of [new Error("gone"), { series: null }, { series: [] }]) {
  Deno.test(`reports a missing history: ${Deno.inspect(history).split("\n")[0]}`, async () => {
    const { page, view } = openAlert(BUSY, history);
    await using _ = page;
    assert(await eventually("the sentence", () => view.queryByText("No history of this time.")));
  });
}

Deno.test("without the token no history is requested", async () => {
  const { transport, client } = fakeClient({ access: "view" });
  transport.answers["/alerts"] = { alerts: [BUSY], next: null };
  await using page = new TestPage(client);
  const view = page.render(<AlertsPage path={[]} />);
  await eventually("the alert", () => view.queryByRole("link", { name: "web" }));
  assertEquals(transport.asked.filter((path) => path.includes("history")), []);
  assertEquals(view.queryByRole("button", { name: /curve/ }), null);
});

Deno.test("an alert about a host links to the host", async () => {
  const { page, view } = openAlert({
    ...{ ...BUSY, containerId: null, name: "nas", page: "#/hosts?q=nas", log: null },
  });
  await using _ = page;
  const link = await eventually("the alert", () => view.queryByRole("link", { name: "nas" }));
  assertEquals(link.getAttribute("href"), "#/hosts?q=nas");
});

Deno.test("an alert about an object without a page has no link", async () => {
  const { page, view } = openAlert({ ...BUSY, containerId: null, name: "shop", page: "#/alerts", log: null });
  await using _ = page;
  await eventually("the alert", () => view.queryByText("shop"));
  assertEquals(view.queryByRole("link", { name: "shop" }), null);
});
