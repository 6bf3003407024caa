import { TestPage, within } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import type { About } from "../../../../server/protocol/about.ts";
import { App } from "../../src/app/app.tsx";
import { StackFeed } from "../../src/features/stacks/model/stack_feed.ts";
import { StatsFeed } from "../../src/features/containers/model/stats_feed.ts";
import { goTo } from "../../src/lib/route.ts";
import { host, message, stack } from "../fakes/messages.ts";
import "../fakes/canvas.ts";
import { fakeClient } from "../fakes/client.ts";

async function open(about: Partial<About> = {}) {
  const { transport, client } = fakeClient(about);
  Object.assign(transport.answers, {
    "/stacks": [stack()],
    "/docker/hosts": [host()],
    "/operations": [],
    "/operations?stack=12": [],
  });
  const stacks = new StackFeed(client);
  transport.newest.listener.opened();
  await stacks.reload();
  const stats = new StatsFeed(client);
  const page = new TestPage(client);
  const view = page.render(<App feeds={{ stats, stacks }} />);
  const main = () => within(view.getByRole("main"));
  const heading = (text: string | RegExp) => main().queryByRole("heading", { level: 1, name: text });
  return { transport, client, stats, stacks, page, view, main, heading };
}

Deno.test("starts with the containers, and requests its access", async () => {
  const { transport, stats, stacks, page, view } = await open();
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  assert(within(view.getByRole("main")).getByRole("searchbox"));
  assert(transport.asked.includes("GET /about"));
});

Deno.test("a client without access sees no views, numbers or connections", async () => {
  const { stats, stacks, page, view, heading } = await open({ access: "none" });
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  assertEquals([view.queryByRole("navigation"), view.queryByRole("status")], [null, null]);
  assert(heading("Sign in"));
  assertEquals(view.getByRole("main").textContent, "Sign in");
});

Deno.test("each link opens its view", async () => {
  const { stats, stacks, page, view } = await open();
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  await page.user.click(view.getByRole("button", { name: "Settings" }));
  const gear = (await view.findAllByRole("menuitem")).filter((item) => item.hasAttribute("href"));
  const links = [
    ...within(view.getByRole("navigation", { hidden: true })).getAllByRole("link", { hidden: true }),
    ...gear,
  ];
  await page.user.keyboard("{Escape}");
  const seen = new Set<string | null>();
  for (const link of links) {
    await page.act(() => void (location.hash = new URL(link.getAttribute("href")!, location.href).hash));
    const heading = await eventually(
      "its heading",
      () =>
        within(view.getByRole("main")).queryAllByRole("heading", { level: 1 })
          .find(({ textContent }) => !seen.has(textContent)),
    );
    seen.add(heading.textContent);
  }
  assertEquals(seen.size, links.length);
});

Deno.test("an unknown route shows the list of containers", async () => {
  const { stats, stacks, page, view } = await open();
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  await page.act(() => goTo("__proto__"));
  const current = () => view.getByRole("navigation").querySelector("[aria-current]");
  await eventually("the link", () => current()?.getAttribute("href") === "#/containers");
});

Deno.test("the route of a container shows its page", async () => {
  const { transport, stats, stacks, page, heading } = await open();
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  const id = "0".repeat(64);
  await page.act(() => goTo("containers", "Localhost", id));
  const own = await eventually(
    "its socket",
    () => transport.channels.find(({ path }) => path.startsWith("/docker/stats?") && path.includes(id)),
  );
  await page.act(() => own.listener.frame(JSON.stringify(message({ name: "web" }))));
  await eventually("its name", () => heading("web"));
});

Deno.test("the route of a stack shows its page", async () => {
  const { stats, stacks, page, heading } = await open();
  using _stats = stats;
  using _stacks = stacks;
  await using _page = page;
  await page.act(() => goTo("stacks", 12));
  await eventually("its name", () => heading("shop"));
});
