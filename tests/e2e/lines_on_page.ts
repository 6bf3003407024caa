/** The lines of a log or of a container, as a page shows and gives them. */
import type { Page } from "playwright-core";
import { eventually } from "../assert.ts";

/** What a reader sees of the lines, top to bottom. */
export function texts(page: Page): Promise<string[]> {
  return page.locator("[role=listitem] :is(.text, .note)").allInnerTexts();
}

/** Waits until a line is in sight. */
export async function sees(page: Page, text: string): Promise<void> {
  await eventually(`the line "${text}"`, async () => (await texts(page)).includes(text));
}

/** All lines, from the file that the page gives. */
export async function downloaded(page: Page): Promise<string[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  return (await Deno.readTextFile(await file.path())).trimEnd().split("\n");
}

/** Where a server that was stopped listens again. */
export function at(port: string): { host: string; port: number; socket: undefined } {
  return { host: "127.0.0.1", port: Number(port), socket: undefined };
}
