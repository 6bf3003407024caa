import { TestPage, within } from "../../../../dom.ts";
import { fireEvent } from "@testing-library/react";
import { assert, assertEquals, eventually } from "../../../../../../../tests/assert.ts";
import type { About } from "../../../../../../../server/protocol/about.ts";
import { ContainersPage } from "../../../../../src/features/containers/list/containers_page.tsx";
import { StatsFeed } from "../../../../../src/features/containers/model/stats_feed.ts";
import { fakeClient } from "../../../../fakes/client.ts";
import { host, message } from "../../../../fakes/messages.ts";

const NAMES = ["a", "b", "c"] as const;

async function open(about: Partial<About> = {}, states: readonly string[] = []) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = [host(), host({ hostId: "nas" })];
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  const view = page.render(<ContainersPage feed={feed} />);
  const { listener } = transport.channels[0]!;
  const messages = NAMES.map((name, index) =>
    message({ name, id: name.repeat(64), project: null, state: (states[index] ?? "running") as "running" })
  );
  listener.opened();
  listener.frame(JSON.stringify(messages));
  const box = (name: string) => view.getByLabelText(`Select ${name}`) as HTMLInputElement;
  await eventually("the rows", () => view.queryAllByRole("checkbox").length === NAMES.length);
  return { transport, feed, page, view, box };
}

Deno.test("a range is selected with Shift, and the bar counts it", async () => {
  const { feed, page, view, box } = await open();
  using _feed = feed;
  await using _page = page;
  await page.user.click(box("a"));
  fireEvent.click(box("c"), { shiftKey: true });
  await eventually("the bar", () => view.queryByText("3 selected"));
  await page.user.keyboard("{Escape}");
  await eventually("no bar", () => view.queryByText("3 selected") === null);
});

Deno.test("x selects the focused row", async () => {
  const { feed, page, view, box } = await open();
  using _feed = feed;
  await using _page = page;
  await page.act(() => view.getByRole("link", { name: "b" }).focus());
  await page.user.keyboard("x");
  assertEquals([box("a").checked, box("b").checked], [false, true]);
});

Deno.test("a change of the filter clears the selection", async () => {
  const { feed, page, view, box } = await open();
  using _feed = feed;
  await using _page = page;
  await page.user.click(box("a"));
  await eventually("the bar", () => view.queryByText("1 selected"));
  await page.user.type(view.getByRole("searchbox"), "a");
  await eventually("no bar", () => view.queryByText("1 selected") === null);
});

Deno.test("a removal lists names and hosts, and asks before it kills", async () => {
  const { transport, feed, page, view, box } = await open({}, ["running", "exited", "running"]);
  using _feed = feed;
  await using _page = page;
  await page.user.click(box("a"));
  await page.user.click(box("b"));
  const bar = within(await view.findByRole("toolbar"));
  await page.user.click(bar.getByRole("button", { name: "More operations" }));
  await page.user.click(await view.findByRole("menuitem", { name: /^Remove…/ }));
  const dialog = within(await view.findByRole("dialog", { name: "Remove 2 containers?" }));
  assertEquals(dialog.getAllByRole("listitem").map(({ textContent }) => textContent), [
    "a on host “Localhost”",
    "b on host “Localhost”",
  ]);
  const confirm = dialog.getByRole<HTMLButtonElement>("button", { name: "Remove" });
  assertEquals(confirm.disabled, true);
  await page.user.click(dialog.getByRole("checkbox"));
  await page.user.click(confirm);
  await eventually(
    "the requests",
    () =>
      transport.asked.includes(`DELETE /containers/Localhost/${"a".repeat(64)}?force=1`) &&
      transport.asked.includes(`DELETE /containers/Localhost/${"b".repeat(64)}`),
  );
});

Deno.test("stopped containers can be started again from the summary", async () => {
  const { transport, feed, page, view, box } = await open();
  using _feed = feed;
  await using _page = page;
  const path = `/containers/Localhost/${"a".repeat(64)}`;
  transport.answers[`POST ${path}/stop`] = transport.answers[`POST ${path}/start`] = { operation_id: 1 };
  transport.answers["/operations/1"] = { state: "succeeded", messages: [] };
  await page.user.click(box("a"));
  const bar = within(await view.findByRole("toolbar"));
  await page.user.click(bar.getByRole("button", { name: "Stop" }));
  await page.user.click(await view.findByRole("button", { name: "Undo: Start" }));
  await eventually("the start", () => transport.asked.includes(`POST ${path}/start`));
});

Deno.test("on a read-only server the operations are disabled with the reason", async () => {
  const { feed, page, view, box } = await open({ readOnly: true });
  using _feed = feed;
  await using _page = page;
  await page.user.click(box("a"));
  const bar = within(await view.findByRole("toolbar"));
  const buttons = ["Start", "Stop", "Restart"].map((name) => bar.getByRole("button", { name }));
  assert(buttons.every((button) => button.getAttribute("aria-disabled") === "true"));
});

Deno.test("leads to the log of one container, and to the merged log of several", async () => {
  const { feed, page, view, box } = await open();
  using _feed = feed;
  await using _page = page;
  const [a, b] = ["a", "b"].map((name) => name.repeat(64));
  const href = async () =>
    within(await view.findByRole("toolbar")).getByRole("link", { name: "Logs" }).getAttribute("href");
  await page.user.click(box("a"));
  assertEquals(await href(), `#/containers/Localhost/${a}/logs`);
  await page.user.click(box("b"));
  assertEquals(await href(), `#/logs/containers/Localhost/${a}/Localhost/${b}`);
});
