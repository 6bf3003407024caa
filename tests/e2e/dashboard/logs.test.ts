import { getLogger } from "../../../server/log/log.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { freshFolder, TOKEN } from "../../client.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { assertAccessible, browserTest, openBrowser, screenshot, SERVER_GONE } from "../browser.ts";
import { realEngines } from "../engines.ts";
import { at, downloaded, followButton, sees, texts } from "../lines_on_page.ts";
import { serveStacks } from "../stacks.ts";

const THEMES = ["light", "dark"] as const;
const [engine] = await realEngines();
const log = getLogger(["dockstat", "test"]);

for (const theme of THEMES) {
  browserTest(`shows DockStat's log live, with search, in ${theme}`, async () => {
    using _log = quietLog();
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/log`, { theme });
    await page.getByRole("heading", { name: "DockStat log" }).waitFor();
    log.warn("The cellar of {host} is full", { host: theme });
    await sees(page, `The cellar of ${theme} is full`);
    log.error("The attic of {host} is empty", { host: theme });
    await sees(page, `The attic of ${theme} is empty`);
    const row = page.getByRole("listitem").filter({ hasText: `cellar of ${theme}` });
    assertStringIncludes(await row.innerText(), "WARN");
    assertStringIncludes(await row.locator(".place").innerText(), "logs.test.ts:");

    await page.keyboard.press("/");
    await page.keyboard.type(`ATTIC of ${theme}`);
    await page.keyboard.press("Enter");
    await page.getByText("1 of 1", { exact: true }).waitFor();
    // Highlights are rendered with low priority.
    await page.locator("[aria-current] mark").getByText(`attic of ${theme}`, { exact: true }).waitFor();
    await followButton(page).waitFor();
    await screenshot(page, `log-${theme}`);
    await assertAccessible(page);
  });
}

browserTest("filters the log by level", async () => {
  using _log = quietLog();
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/log`);
  log.info("a quiet word");
  log.error("a loud word");
  await sees(page, "a quiet word");
  await page.getByRole("button", { name: /^Error/ }).click();
  await eventually("the filter", async () => !(await texts(page)).includes("a quiet word"));
  await sees(page, "a loud word");
  await page.getByRole("button", { name: /^Error/ }).click();
  await sees(page, "a quiet word");
});

browserTest("reports a disconnected server, and lines that may be missing", async () => {
  using _log = quietLog();
  const [data, port] = [freshFolder(), freePort()];
  const first = await serveStacks(engine, { data, listen: at(port) });
  await using browser = await openBrowser();
  const page = await browser.page(`${first.link}#/log`, {
    mayLog: SERVER_GONE,
  });
  log.info("before");
  await sees(page, "before");
  await first[Symbol.asyncDispose]();
  await page.getByText(/DockStat log: disconnected, last update .*\. Reconnecting in \d+ s\./).waitFor();
  await screenshot(page, "log-disconnected");
  await assertAccessible(page);
  // Enough lines that the last shown one is not among the newest.
  for (let n = 0; n < 1100; n++) log.info("meanwhile {n}", { n: String(n) });
  await using _second = await serveStacks(engine, { data, listen: at(port) });
  log.info("after");
  await sees(page, "after");
  const lines = await downloaded(page);
  const found = (text: string) => lines.filter((line) => line.includes(text)).length;
  assertEquals([found(" before "), found(" after "), found("lines may be missing here")], [1, 1, 1]);
});

browserTest(
  "explains a view that cannot load while the server is stopped, and loads it afterwards",
  async () => {
    using _log = quietLog();
    const [data, port] = [freshFolder(), freePort()];
    const first = await serveStacks(engine, { data, listen: at(port) });
    await using browser = await openBrowser();
    const page = await browser.page(first.link, {
      mayLog: SERVER_GONE,
    });
    await page.getByRole("heading", { name: "Containers", exact: true }).first().waitFor();
    // The code of the menu is loaded while the server runs.
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitem", { name: "DockStat log" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem", { name: "DockStat log" }).waitFor({ state: "detached" });
    await first[Symbol.asyncDispose]();
    await page.getByText(/disconnected/).first().waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitem", { name: "DockStat log" }).click();
    await page.getByText("Cannot reach DockStat. This view opens when it is back.").waitFor();
    await screenshot(page, "view-not-loaded");
    await using _second = await serveStacks(engine, { data, listen: at(port) });
    log.info("here again");
    await sees(page, "here again");
  },
);

for (const theme of THEMES) {
  browserTest(`copies diagnostics without secrets in ${theme}`, async () => {
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/log`, { theme });
    await page.getByText("DockStat log: live").waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitem", { name: "Diagnostics" }).click();
    await page.getByText("up since").waitFor();
    await page.getByRole("button", { name: "Copy report" }).click();
    await page.getByText("Report copied.").waitFor();
    const report = await page.evaluate<string>("navigator.clipboard.readText()");
    const { version } = JSON.parse(await Deno.readTextFile(new URL("../../../deno.json", import.meta.url)));
    for (
      const part of [
        `- page: ${version}\n- server: ${version}`,
        "- DockStat log (view closed): ",
        "- Localhost: up",
        `- theme: ${theme}`,
      ]
    ) {
      assertStringIncludes(report, part);
    }
    const session = await page.evaluate<string>('localStorage.getItem("dockstat.session")');
    for (const secret of [TOKEN, session]) assert(!report.includes(secret));
    await screenshot(page, `diagnostics-${theme}`);
    await assertAccessible(page);
  });
}
