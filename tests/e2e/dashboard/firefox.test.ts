/** All views of the dashboard in Firefox. */
import type { Page } from "puppeteer-core";
import { serve } from "../../../server/serve.ts";
import { assertEquals } from "../../assert.ts";
import { testConfig } from "../../client.ts";
import { BACKGROUNDS } from "../browser.ts";
import { firefoxTest, openFirefox } from "../firefox.ts";

/** Heading of each view by its route. */
const VIEWS = [
  ["containers", "Containers"],
  ["stacks", "Stacks"],
  ["stacks/new", "New stack"],
  ["logs", "Logs"],
  ["report", "Report"],
  ["log", "DockStat log"],
  ["diagnostics", "Diagnostics"],
] as const;
/** Pages of a container. */
const TABS = ["Logs", "Stats", "Details"];

/** Returns what a reader needs: the landmarks, the heading of the view, and the background. */
const READ = `[
  ...["header", "nav", "main"].map((name) => document.querySelectorAll(name).length > 0),
  document.querySelector("main h1")?.textContent,
  getComputedStyle(document.body).backgroundColor,
]`;

/** Waits until no socket is connecting, since Firefox logs one that is closed before, and lines are shown. */
async function connected(page: Page, hasLines = false): Promise<void> {
  if (hasLines) await page.waitForSelector("main [role=log] [role=listitem]");
  await page.waitForFunction(`!/: connecting/.test(document.querySelector("header").textContent)`);
}

firefoxTest("every view opens in Firefox, in both themes and without errors", async () => {
  const hosts = [{ kind: "simulated", id: "Simulated", containers: 12, seed: 1 }] as const;
  await using server = await serve(testConfig([...hosts]));
  await using firefox = await openFirefox();
  const { page } = firefox;
  await page.goto(server.link);
  await page.waitForSelector("a.cover");
  const container = await page.evaluate(`document.querySelector("a.cover").hash`) as string;
  for (const theme of ["light", "dark"] as const) {
    await page.evaluate(`localStorage.setItem("dockstat.theme", '"${theme}"')`);
    await page.reload();
    await page.waitForSelector("a.cover");
    for (const [route, heading] of VIEWS) {
      await page.evaluate(`location.hash = "#/${route}"`);
      await page.waitForSelector(`main ::-p-xpath(//h1[text()="${heading}"])`);
      assertEquals(await page.evaluate(READ), [true, true, true, heading, BACKGROUNDS[theme]]);
      await connected(page);
    }
    for (const tab of TABS) {
      await page.evaluate(`location.hash = "${container}/${tab.toLowerCase()}"`);
      await page.waitForSelector(`main ::-p-xpath(//*[@role="tab"][@aria-selected="true"][.="${tab}"])`);
      await connected(page, tab === "Logs");
    }
    await page.evaluate(`location.hash = "#/containers"`);
    await page.waitForSelector("a.cover");
  }
});
