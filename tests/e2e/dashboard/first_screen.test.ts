/** The first screen: what needs attention, the hosts, and as many containers as possible. */
import type { Page } from "playwright-core";
import { serve, type Server } from "../../../server/serve.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { testConfig } from "../../client.ts";
import {
  assertAccessible,
  assertAccessibleInThemes,
  type Browser,
  browserTest,
  openBrowser,
  reads,
} from "../browser.ts";
import { realEngines, startContainer } from "../engines.ts";
import { serveStacks } from "../stacks.ts";
import { QUIET_HOST, type Scene, showScene } from "./frames.ts";

const [engine] = await realEngines();

/** Three problems that the panel shows as cards. */
const TROUBLE: Scene = {
  host: QUIET_HOST,
  change: ({ name }) => {
    const ended = new Date(Date.now() - 20_000).toISOString();
    switch (name) {
      case "blog-worker-1":
        return { state: "restarting", restartCount: 14, exitCode: 3, finishedAt: ended };
      case "blog-db-1":
        return { health: "unhealthy" };
      case "shop-cache-1":
        return { state: "exited", oomKilled: true, exitCode: 137, finishedAt: ended };
      default:
        return {};
    }
  },
};
/** Element that scrolls the list. */
const SCROLLER = 'document.querySelector("main > [role=region]")';
/** Sizes of the page. */
const SIZES = { desktop: [1440, 900], tab: [1024, 700], phone: [390, 844] } as const;

function simulation(containers = 21): Promise<Server> {
  return serve(testConfig([{ kind: "simulated", id: "Simulated", containers, seed: 1 }]));
}

/** Opens the first screen with a scene. A simulated engine refuses to inspect containers. */
async function open(
  browser: Browser,
  server: Server,
  scene: Scene,
  { size = "desktop", hash = "" }: { readonly size?: keyof typeof SIZES; readonly hash?: string } = {},
): Promise<Page> {
  const [width, height] = SIZES[size];
  const page = await browser.page(`${server.link}${hash}`, {
    viewport: { width, height },
    mayLog: /502/,
    prepare: (page) => showScene(page, scene),
  });
  await page.locator(".line:not(.header, .group)").first().waitFor();
  if (scene.host !== undefined) {
    await page.getByText("41 %").or(page.getByText("41.0 of")).first().waitFor();
  }
  return page;
}

/** Returns the position of the first container, and the number of containers that are fully visible. */
function layout(
  page: Page,
): Promise<{ readonly first: number; readonly visible: number; readonly sideways: number }> {
  return page.evaluate(`(() => {
    const boxes = [...document.querySelectorAll(".line:not(.header, .group)")]
      .map((line) => line.getBoundingClientRect());
    return {
      first: Math.min(...boxes.map(({ top }) => top)),
      visible: boxes.filter(({ top, bottom }) => top >= 0 && bottom <= innerHeight).length,
      sideways: document.documentElement.scrollWidth - innerWidth +
        [...document.querySelectorAll("main > *")].reduce((sum, one) => sum + one.scrollWidth - one.clientWidth, 0),
    };
  })()`);
}

for (const size of ["desktop", "tab", "phone"] as const) {
  browserTest(`names what is wrong and since when, on a ${size} in both themes`, async () => {
    await using server = await simulation();
    await using browser = await openBrowser();
    const page = await open(browser, server, TROUBLE, { size });
    const panel = page.getByRole("region", { name: "Needs attention" });
    await reads(panel, /blog-worker-1 keeps restarting\s+14 restarts · last exit 3 · \d+ s ago/);
    await reads(panel, /shop-cache-1 out of memory\s+exit 137 · \d+ s ago/);
    await eventually("the title", async () => await page.title() === "(3) Containers · DockStat");
    assertEquals((await layout(page)).sideways, 0);
    await assertAccessibleInThemes(page, `first-screen-${size}`);
  });
}

browserTest("a crash loop of the engine needs attention, with its exit code", async () => {
  await using server = await serveStacks(engine);
  const name = `dockstat-loop-${crypto.randomUUID().slice(0, 8)}`;
  await using _container = await startContainer(engine, name, ["--restart=always"], ["sh", "-c", "exit 3"]);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/containers?state=unhealthy&q=${name}`);
  await page.getByRole("row").filter({ hasText: name }).getByText(/restarting.*exit 3/).waitFor();
  await eventually("the count in the title", async () => (await page.title()).startsWith("("));
});

browserTest(
  "15 containers are visible below attention and hosts, and 22 when compact without them",
  async () => {
    await using server = await simulation(40);
    await using browser = await openBrowser();
    const page = await open(browser, server, TROUBLE);
    await eventually("15 containers", async () => (await layout(page)).visible >= 15);
    await page.getByRole("button", { name: "View" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Compact rows" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.evaluate(`${SCROLLER}.scrollTop = 180`);
    await eventually("22 containers", async () => (await layout(page)).visible >= 22);
  },
);

browserTest("on a phone the first container is near the top, with name, state, CPU and memory", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  const page = await open(browser, server, { host: QUIET_HOST }, { size: "phone" });
  const { first, sideways } = await layout(page);
  assert(first <= 250, String(first));
  assertEquals(sideways, 0);
  const line = page.locator(".line:not(.header, .group)").first();
  await reads(line, /blog-api-1\s+running · node:24-alpine\s+[\d.]+ %\s+[\d.]+ MiB/);
  await assertAccessibleInThemes(page, "first-screen-phone-fine");
});

browserTest("the order does not change under the pointer", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  let [order, seconds] = [1, 0];
  const scene: Scene = {
    change: ({ name }) => {
      if (name === "blog-api-1") seconds++;
      return { cpuUsage: order * (name.length * 7 + name.charCodeAt(0)) + 500 };
    },
  };
  const page = await open(browser, server, scene, { hash: "#/containers?sort=cpu.desc" });
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Group by stack" }).click();
  await page.keyboard.press("Escape");
  // The simulated engine has one container that comes and goes.
  const names = async () =>
    (await page.locator("a.cover").allInnerTexts()).filter((name) => name !== "nightly-backup");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.locator("a.cover").nth(3).hover();
  await page.locator(".line:hover").waitFor();
  const before = await names();
  order = -1;
  seconds = 0;
  // More than the time after which the order would change.
  await eventually("new numbers", () => seconds > 7);
  assertEquals(await names(), before);
  await page.mouse.move(5, 5);
  await eventually("another order", async () => (await names()).join() !== before.join());
});

browserTest("zeros and unknown values do not have the ink of a value", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  const page = await open(browser, server, { change: () => ({ cpuUsage: 0, pids: 0, stale: false }) });
  await eventually("one ink of zeros, which is not that of a value", () =>
    page.evaluate<boolean>(`(() => {
    const quiet = [...document.querySelectorAll(".line .cell")].flatMap((cell) => [...cell.querySelectorAll("span")])
      .filter(({ children, textContent }) => children.length === 0 && /^(0|–|n\\/a|0\\.00.*)$/.test(textContent));
    const inks = new Set(quiet.map((span) => getComputedStyle(span).color));
    const value = document.querySelector(".cell .value");
    return value !== null && inks.size === 1 && !inks.has(getComputedStyle(value).color);
  })()`));
});

browserTest("going back restores the search, the folds and the scroll position", async () => {
  await using server = await simulation(200);
  await using browser = await openBrowser();
  const page = await open(browser, server, {}, { hash: "#/containers?q=blog" });
  await page.getByRole("button", { name: "blog", exact: true }).click();
  const top = () => page.evaluate<number>(`${SCROLLER}.scrollTop`);
  // Half of the way, since the end moves with the problems and hosts above the list.
  const scroll = () =>
    page.evaluate<number>(`(({ scrollTop }) => ${SCROLLER}.scrollTop = scrollTop >> 1)(
      Object.assign(${SCROLLER}, { scrollTop: 600 }))`);
  await eventually("the list to scroll", async () => await scroll() > 0);
  await page.locator("a.cover").nth(5).hover();
  const [address, left] = [page.url(), await top()];
  assert(left > 0);
  await page.locator("a.cover").nth(5).click();
  await page.getByRole("heading", { level: 1, name: /^blog/ }).waitFor();
  await page.goBack();
  await page.getByRole("searchbox").waitFor();
  assertEquals([page.url(), await page.getByRole("searchbox").inputValue()], [address, "blog"]);
  await eventually("the scroll position", async () => await top() === left);
  await page.locator("a.cover").nth(5).click();
  await page.getByRole("heading", { level: 1, name: /^blog/ }).waitFor();
  await page.getByRole("link", { name: "Containers" }).first().click();
  await page.getByRole("searchbox").waitFor();
  assertEquals(await page.getByRole("searchbox").inputValue(), "blog");
});

browserTest("a click anywhere in a row opens its container, and the title names it", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  const page = await open(browser, server, {});
  const row = page.getByRole("row").filter({ hasText: "blog-api-1" });
  const { x, y, width, height } = (await row.boundingBox())!;
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.getByRole("heading", { level: 1, name: "blog-api-1" }).waitFor();
  await eventually("the title", async () => await page.title() === "blog-api-1 · DockStat");
});

browserTest("the keyboard skips to the content, finds a container, and lists the shortcuts", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  const page = await open(browser, server, TROUBLE);
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Skip to content");
  await page.keyboard.press("Enter");
  await page.locator("h1:focus").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Help" }).waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Help" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or jump to" }).waitFor();
  await page.keyboard.type("shop-web");
  await assertAccessible(page);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "shop-web-1" }).waitFor();
});

browserTest("the chosen theme stays after a reload", async () => {
  await using server = await simulation();
  await using browser = await openBrowser();
  const page = await open(browser, server, {});
  const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("menuitemradio", { name: "Dark theme" }).click();
  await eventually("the dark theme", async () => await background() !== light);
  await page.goto(server.url);
  await page.locator(".line").first().waitFor();
  await eventually("the dark theme again", async () => await background() !== light);
});
