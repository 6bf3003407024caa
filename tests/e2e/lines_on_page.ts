/** Lines of a log or of a container, as a page shows and downloads them. */
import type { Page } from "playwright-core";
import { eventually } from "../assert.ts";

/** Returns the visible lines, top to bottom. */
export function texts(page: Page): Promise<string[]> {
  return page.locator("[role=listitem] :is(.text, .note)").allInnerTexts();
}

/** Waits until a line is visible. */
export async function sees(page: Page, text: string): Promise<void> {
  await eventually(`the line "${text}"`, async () => (await texts(page)).includes(text));
}

/** Returns all lines, from the file that the page downloads. */
export async function downloaded(page: Page): Promise<string[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  return (await Deno.readTextFile(await file.path())).trimEnd().split("\n");
}

/** Listen options that restart a server on its previous port. */
export function at(port: string): { host: string; port: number; socket: undefined } {
  return { host: "127.0.0.1", port: Number(port), socket: undefined };
}
