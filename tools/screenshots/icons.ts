/** Draws the icons of the installed app from `icon.svg`; run it after a change of that file. */
import { openBrowser } from "../../tests/e2e/browser.ts";

const FOLDER = new URL("../../extension/ui/public/", import.meta.url);
/** A mask may cut off a fifth of the picture at each side. */
const SAFE = 0.72;

const svg = await Deno.readTextFile(new URL("icon.svg", FOLDER));
await using browser = await openBrowser();

/** Draws one icon; a maskable one fills its square. */
async function draw(name: string, size: number, isMaskable: boolean): Promise<void> {
  const page = await browser.page("about:blank", { viewport: { width: size, height: size } });
  const inner = isMaskable ? Math.round(size * SAFE) : size;
  const background = isMaskable ? "#1d63ed" : "transparent";
  const picture = isMaskable ? svg.replace(/<rect[^>]*>/, "") : svg;
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-content:center;background:${background}}
svg{display:block;width:${inner}px;height:${inner}px}</style>${picture}`,
  );
  await page.screenshot({ path: new URL(name, FOLDER).pathname, omitBackground: true });
}

await draw("icon-192.png", 192, false);
await draw("icon-512.png", 512, false);
await draw("icon-maskable-512.png", 512, true);
