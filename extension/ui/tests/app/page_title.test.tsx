import { TestPage } from "../dom.ts";
import { assertEquals, eventually } from "../../../../tests/assert.ts";
import { PageTitle } from "../../src/app/page_title.tsx";
import { StatsFeed } from "../../src/features/containers/model/stats_feed.ts";
import { StackFeed } from "../../src/features/stacks/model/stack_feed.ts";
import { fakeClient } from "../fakes/client.ts";
import { message } from "../fakes/messages.ts";

async function titleOf(route: readonly string[], view = route[0]!): Promise<string> {
  const { client } = fakeClient();
  using stats = new StatsFeed(client);
  using stacks = new StackFeed(client);
  stats.take([message({ name: "web" }), message({ id: "1".repeat(64), health: "unhealthy" })]);
  await eventually("the rows", () => stats.view.value.rows.length === 2);
  await using page = new TestPage(client);
  page.render(<PageTitle route={route} view={view} feeds={{ stats, stacks }} />);
  return document.title;
}

Deno.test("the title counts what needs attention, and names the view", async () => {
  assertEquals(await titleOf(["containers"]), "(1) Containers · DockStat");
  assertEquals(await titleOf(["diagnostics"]), "(1) Diagnostics · DockStat");
});

Deno.test("the title names the container or the stack", async () => {
  assertEquals(await titleOf(["containers", "Localhost", "0".repeat(64)]), "(1) web · DockStat");
  assertEquals(await titleOf(["stacks", "project", "nas", "shop"]), "(1) shop · DockStat");
});

Deno.test("an unknown container has the title of its list", async () => {
  assertEquals(await titleOf(["containers", "Localhost", "gone"]), "(1) Containers · DockStat");
});
