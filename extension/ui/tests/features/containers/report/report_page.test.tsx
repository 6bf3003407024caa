import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import NightLink from "../../../../src/features/containers/report/night_link.tsx";
import ReportPage from "../../../../src/features/containers/report/report_page.tsx";
import { fakeClient } from "../../../fakes/client.ts";
import { message } from "../../../fakes/messages.ts";
import { finding, report } from "./findings.ts";
import { refusal } from "../../../fakes/transport.ts";

function open(answers: Readonly<Record<string, unknown>>) {
  location.hash = "#/report";
  const { transport, client } = fakeClient();
  Object.assign(transport.answers, answers);
  const feed = new StatsFeed(client);
  feed.take([message({ name: "shop-web-1", project: "shop", service: "web" })]);
  const page = new TestPage(client);
  const view = page.render(<ReportPage feed={feed} />);
  return {
    ...{ transport, feed, page, view },
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("lists the findings by section, the worst first, with links", async () => {
  const answer = report({ restarted: [finding("restart")], ranOut: [finding("oom")] });
  await using shown = open({ "/report?since=12h": answer });
  await eventually("the sections", () => shown.view.queryAllByRole("region").length === 3);
  const names = shown.view.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
  assertEquals(names, ["Ran out", "Restarted"]);
  await eventually("the links", () => shown.view.queryAllByText("shop-web-1").length === 2);
  assertEquals(shown.view.getAllByRole("link", { name: "Logs of shop-web-1 at that time" }).length, 2);
});

Deno.test("reports a quiet night", async () => {
  await using shown = open({ "/report?since=12h": report() });
  await eventually("the empty state", () => shown.view.queryByText("All quiet") !== null);
});

Deno.test("shows messages as text", async () => {
  const failed = [finding("operation", { message: "<b>port 80</b> is in use\n" })];
  await using shown = open({ "/report?since=12h": report({ failed }) });
  await eventually("the message", () => shown.view.queryByText("<b>port 80</b> is in use") !== null);
});

Deno.test("a long message is whole in a tooltip", async () => {
  const message = `port 80 is in use${" by another container".repeat(40)}`;
  await using shown = open({ "/report?since=12h": report({ failed: [finding("operation", { message })] }) });
  await eventually("the message", () => shown.view.queryByTitle(message) !== null);
});

Deno.test("explains what is missing without the token", async () => {
  await using shown = open({ "/report?since=12h": report({ complete: false }) });
  await eventually("the hint", () => shown.view.queryByText(/^Sign in to see/) !== null);
});

Deno.test("a failed operation names its action, and leads to the stack", async () => {
  const failed = [finding("operation", { name: "shop", service: null, action: "deploying" })];
  await using shown = open({ "/report?since=12h": report({ failed }) });
  await eventually("the operation", () => shown.view.queryByText("deploying failed") !== null);
  const link = shown.view.getByRole("link", { name: "shop" });
  assertEquals(link.getAttribute("href"), "#/stacks/project/Localhost/shop");
});

Deno.test("keeps the chosen range in the address", async () => {
  const failed = [finding("outage", { name: null, durationMs: 660_000 })];
  await using shown = open({ "/report?since=12h": report(), "/report?since=7d": report({ failed }) });
  await shown.page.user.click(shown.view.getByRole("button", { name: "7 days" }));
  await eventually("the outage", () => shown.view.queryByText(/not reachable for 11 min/) !== null);
  assertEquals(location.hash, "#/report?range=7d");
});

Deno.test("shows why the report was not loaded, and tries again", async () => {
  await using shown = open({ "/report?since=12h": refusal(503, "The history is being opened.") });
  await eventually("the reason", () => shown.view.queryByText("The history is being opened.") !== null);
  shown.transport.answers["/report?since=12h"] = report();
  await shown.page.user.click(shown.view.getByRole("button", { name: "Retry" }));
  await eventually("the report", () => shown.view.queryByText("All quiet") !== null);
});

Deno.test("the link on the first screen sums up the last twelve hours", async () => {
  const { transport, client } = fakeClient();
  transport.answers["/report?since=12h"] = report({ restarted: [finding("restart", { count: 2 })] });
  await using page = new TestPage(client);
  const view = page.render(<NightLink />);
  assert(view.getByRole("link", { name: "Report" }));
  await eventually("the summary", () => view.queryByText(/: 2 restarts$/) !== null);
});
