/** Lines of a log or of a container, as a page shows and downloads them. */
import type { Locator, Page } from "playwright-core";
import { eventually } from "../assert.ts";

/** Returns the visible lines, top to bottom. */
export function texts(page: Page): Promise<string[]> {
  return page.locator("[role=listitem] :is(.text, .note)").allInnerTexts();
}

/** Waits until a line is visible. */
export async function sees(page: Page, text: string): Promise<void> {
  await eventually(`the line "${text}"`, async () => (await texts(page)).includes(text));
}

/** Returns the button that leads to the end of a log that no longer follows it, with or without new lines. */
export function followButton(page: Page): Locator {
  return page.getByRole("button", { name: /^(Follow|[\d,]+ new lines?) ↓$/ });
}

/** Returns all lines, from the file that the page downloads. */
export async function downloaded(page: Page): Promise<string[]> {
  const button = page.getByRole("button", { name: "Download" });
  const isDialog = await button.getAttribute("aria-haspopup") !== null;
  if (isDialog) await button.click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    isDialog ? page.getByRole("dialog", { name: "Download" }).getByRole("button").click() : button.click(),
  ]);
  if (isDialog) await page.keyboard.press("Escape");
  return (await Deno.readTextFile(await file.path())).trimEnd().split("\n");
}

/** Chooses a display setting of a log, such as "No times". */
export async function display(page: Page, setting: string): Promise<void> {
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByText(setting, { exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
}

/** Returns the number of lines of a log that are completely visible. */
export function visibleLines(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const log = document.querySelector("[role=log]").getBoundingClientRect();
    return [...document.querySelectorAll("[role=listitem] :is(.text, .note)")]
      .map((line) => line.getBoundingClientRect())
      .filter(({ top, bottom }) => top >= log.top - 1 && bottom <= Math.min(log.bottom, innerHeight) + 1).length;
  })()`);
}

/** Listen options of a server that is started again on its port. */
export function at(port: number): { host: string; port: number; socket: undefined } {
  return { host: "127.0.0.1", port, socket: undefined };
}
