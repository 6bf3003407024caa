/**
 * `deno task screenshots:views` takes pictures of every view, in both themes and three sizes, and lists what has changed
 * since the previous run. The pictures are in `artefacts/views`.
 */
import type { Page } from "playwright-core";
import { loadConfig } from "../../../server/config/config.ts";
import { serve } from "../../../server/serve.ts";
import { openBrowser } from "../../../tests/e2e/browser.ts";
import { compare } from "../../pictures/compare.ts";
import { changingIn, openScene, SCENES, SIZES } from "./scenes.ts";

const FOLDER = new URL("../../../artefacts/views/", import.meta.url);
/** Share of the pixels from which a picture counts as changed, percent. */
const CHANGED = 0.3;

type Theme = "light" | "dark";

await Promise.all(
  ["masked/", "changes/"].map((name) => Deno.mkdir(new URL(name, FOLDER), { recursive: true })),
);
await using server = await serve(await loadConfig({ demo: "", port: "0", token: "a-token-for-pictures" }));
await using browser = await openBrowser();
const lines: string[] = [];
for (const theme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await browser.page(server.link, { theme, viewport });
    lines.push(...await shootAll(page, theme, size));
    await page.context().close();
  }
}
const changed = lines.length === 0 ? "No view has changed." : lines.join("\n");
Deno.stdout.writeSync(
  new TextEncoder().encode(`${SCENES.length * 6} pictures are in artefacts/views.\n${changed}\n`),
);

async function shootAll(page: Page, theme: Theme, size: string): Promise<string[]> {
  await page.locator("a.cover").first().waitFor();
  const hash = await page.locator("a.cover").first().getAttribute("href");
  const found: string[] = [];
  for (const scene of SCENES) {
    await openScene(page, scene, String(hash).replace("#/", ""));
    const name = `${scene.name}-${theme}-${size}.png`;
    await page.screenshot({ path: new URL(name, FOLDER).pathname, animations: "disabled" });
    const masked = await page.screenshot({ mask: changingIn(page), animations: "disabled" });
    const line = await difference(name, masked);
    if (line !== undefined) found.push(line);
  }
  return found;
}

/** Compares a picture with that of the previous run, and replaces it. */
async function difference(name: string, masked: Uint8Array): Promise<string | undefined> {
  const file = new URL(`masked/${name}`, FOLDER);
  const before = await Deno.readFile(file).catch(() => undefined);
  await Deno.writeFile(file, masked);
  if (before === undefined) return `new      ${name}`;
  const { percent, picture } = compare(before, masked);
  if (percent < CHANGED) return undefined;
  if (picture !== undefined) await Deno.writeFile(new URL(`changes/${name}`, FOLDER), picture);
  return `${percent.toFixed(1).padStart(5)} %  ${name}`;
}
