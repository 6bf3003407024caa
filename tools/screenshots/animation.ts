/** `deno task screenshots:animation` records the short animation of the README from a demo. */
// @ts-types="../pictures/gifenc.d.ts"
import gifenc from "gifenc";
import type { Page } from "playwright-core";
// @ts-types="../pictures/pngjs.d.ts"
import { PNG } from "pngjs";
import { Buffer } from "node:buffer";
import { loadConfig } from "../../server/config/config.ts";
import { serve } from "../../server/serve.ts";
import { openBrowser } from "../../tests/e2e/browser.ts";

const FILE = new URL("../../docs/screenshots/tour.gif", import.meta.url);
const VIEWPORT = { width: 1000, height: 600 };
/** Time until the small charts show a curve, ms. */
const CURVES_MS = 20_000;
/** Time for which a frame is shown: while numbers change, and at the start of a view, ms. */
const [STEP_MS, REST_MS] = [700, 1500];
const COLORS = 128;

const { GIFEncoder, applyPalette, quantize } = gifenc;
const gif = GIFEncoder();

/** Adds the page as it is now. */
async function frame(page: Page, delay: number): Promise<void> {
  const { data, width, height } = PNG.sync.read(Buffer.from(await page.screenshot()));
  const palette = quantize(data, COLORS);
  gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay });
}

/** Adds a view with its changing numbers. */
async function view(page: Page, frames: number): Promise<void> {
  await frame(page, REST_MS);
  for (let count = 1; count < frames; count++) {
    await page.waitForTimeout(1000);
    await frame(page, STEP_MS);
  }
}

await using server = await serve(await loadConfig({ demo: "", port: "0", token: "a-token-for-pictures" }));
await using browser = await openBrowser();
const page = await browser.page(server.link, { viewport: VIEWPORT });
await page.getByRole("link", { name: "shop-api-1" }).waitFor();
await page.waitForTimeout(CURVES_MS);
await view(page, 4);
await page.getByRole("link", { name: /^(Last night|Last 12 h):/ }).click();
await page.getByRole("link", { name: "shop-worker-1" }).first().waitFor();
await view(page, 1);
await page.getByRole("link", { name: "Charts of shop-worker-1 at that time" }).first().click();
await page.locator("canvas").first().waitFor();
await page.waitForTimeout(1500);
await view(page, 2);
await page.getByRole("link", { name: "Containers", exact: true }).first().click();
await page.getByRole("link", { name: "shop-api-1" }).click();
await page.getByRole("log").waitFor();
await page.waitForTimeout(800);
await view(page, 3);
gif.finish();
await Deno.writeFile(FILE, gif.bytes());
