/** The report of the last night, on a demo with incidents. */
import { loadConfig } from "../../../server/config/config.ts";
import type { Report } from "../../../server/protocol/past/report.ts";
import { serve } from "../../../server/serve.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";

const WINDOWS = [["light", 1440, 900], ["dark", 1024, 700], ["light", 390, 844], ["dark", 390, 844]] as const;

browserTest("the report leads to what happened, and passes axe in each size and theme", async () => {
  await using server = await serve(await loadConfig({ demo: "", port: "0", token: TOKEN }));
  // The past is written while the server runs, and the page requests the report once.
  await eventually("the past", async () => {
    const answer = await fetch(`${server.url}/report?since=12h`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const { ranOut }: Report = await answer.json();
    return ranOut.some(({ kind }) => kind === "oom");
  });
  await using browser = await openBrowser();
  for (const [theme, width, height] of WINDOWS) {
    const page = await browser.page(server.link, { theme, viewport: { width, height } });
    await page.getByRole("link", { name: /^(Last night|Last 12 h): 1 OOM kill/ }).click();
    await page.getByRole("link", { name: "shop-worker-1", exact: true }).first().waitFor();
    await assertAccessible(page);
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), width);
    await screenshot(page, `report-${theme}-${width}`);
    await page.getByRole("link", { name: "Logs of shop-worker-1 at that time" }).first().click();
    await page.getByRole("log").waitFor();
    assert(/\/logs\/\d{4}-/.test(decodeURIComponent(page.url())), page.url());
    await page.context().close();
  }
});
