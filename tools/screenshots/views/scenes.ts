/** The views of the dashboard, of which pictures are taken. */
import type { Page } from "playwright-core";

/** A view, and what shows that it is complete. */
export interface Scene {
  readonly name: string;
  /** Route after `#/`; `CONTAINER` is the address of the first container. */
  readonly route: string;
  /** Selector of an element that appears last. */
  readonly ready: string;
}

/** All views, by the names of their pictures. */
export const SCENES: readonly Scene[] = [
  { name: "containers", route: "containers", ready: "a.cover" },
  { name: "container-logs", route: "CONTAINER", ready: "[role=log]" },
  { name: "container-stats", route: "CONTAINER/stats", ready: "canvas" },
  { name: "container-details", route: "CONTAINER/details", ready: "main dl, main h2" },
  { name: "stacks", route: "stacks", ready: "main table, main [role=table]" },
  { name: "new-stack", route: "stacks/new", ready: ".cm-content" },
  { name: "logs", route: "logs", ready: "main a, main button" },
  { name: "report", route: "report", ready: "main li" },
  { name: "log", route: "log", ready: "[role=log]" },
  { name: "diagnostics", route: "diagnostics", ready: "main dl" },
];

/** Window sizes by name, CSS pixels. */
export const SIZES = {
  phone: { width: 390, height: 844 },
  window: { width: 1024, height: 700 },
  desktop: { width: 1440, height: 900 },
} as const;

/** Elements whose content changes with time; only their places are compared. */
const CHANGING = [
  ...[".cell.numeric", ".cell.status", ".second", ".card", "canvas", "svg.spark", "[role=log]"],
  ...["[role=tabpanel]", "dd", "td", "li .time", "main h1 + p", "[role=region] > div > div:first-of-type p"],
];

/** Opens a view, and waits until it is complete. */
export async function openScene(page: Page, { route, ready }: Scene, container: string): Promise<void> {
  const hash = `#/${route.replace("CONTAINER", container)}`;
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.locator(ready).first().waitFor();
  // Charts and logs are drawn in the next frames.
  await page.waitForTimeout(800);
}

/** Returns the elements that a comparison leaves out. */
export function changingIn(page: Page): ReturnType<Page["locator"]>[] {
  return [page.locator(CHANGING.join(", "))];
}
