/**
 * The dashboard in a real browser: pages that must not log an error, screenshots that are kept, and axe.
 *
 * The leak sanitizers stay on: whatever a browser holds is closed when its scope ends.
 */
import axe from "axe-core";
import { type Browser as Chromium, chromium, type Page } from "playwright-core";
import { BROWSER_MISSING, findBrowser } from "../../tools/engine/extras.ts";

/** What a page is opened with. */
export interface PageOptions {
  /** What the system prefers; light unless it is said. */
  readonly theme?: "light" | "dark";
  /** Pixels; 1440 × 900 unless it is said. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of the picture for each of the page's; one unless it is said. */
  readonly scale?: number;
  /** Errors on the console that are no fault of the page, such as those of a server that is stopped on purpose. */
  readonly mayLog?: RegExp;
  /** Runs in the page before its own code, as a script's text. */
  readonly before?: string;
  /** Functions of the test that the page can call. */
  readonly functions?: Readonly<Record<string, (argument: never) => unknown>>;
}

/** A running browser; its end fails when a page has logged an error. */
export interface Browser extends AsyncDisposable {
  /**
   * Opens an address in a session of its own, without cookies of other pages.
   *
   * A server's `link` signs in; a place behind it is kept on the way: `${server.link}#/log`.
   *
   * @throws {Error} with the server's words when it refuses.
   */
  page(url: string, options?: PageOptions): Promise<Page>;
}

/** Where screenshots are kept. */
const SCREENSHOTS = new URL("../../artefacts/screenshots/", import.meta.url);
const PATIENCE_MS = 15_000;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Docker Desktop lets a page from a file load its own modules; a plain browser does not.
  "--allow-file-access-from-files",
];

/** A test that needs a browser: without one it is left out and its name says what to install, but with `CI` it fails. */
export function browserTest(name: string, body: () => Promise<void>): void {
  const missing = findBrowser() === undefined && !Deno.env.get("CI");
  Deno.test({
    name: missing ? `${name} (${BROWSER_MISSING})` : name,
    ignore: missing,
    fn: () => unfolded(body),
  });
}

/** A test that fails and whose pages have logged errors shows both: of an error at the end of a scope only that is said. */
async function unfolded(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof SuppressedError)) throw error;
    throw new Error(String(error.error?.message ?? error.error), { cause: error.suppressed });
  }
}

/**
 * Starts a browser for one scope.
 *
 * @throws {Error} when there is none, with what to install; at the end of the scope, with what its pages have logged.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(BROWSER_MISSING);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const logged: string[] = [];
  return {
    page: (url, options = {}) => openPage(browser, url, options, logged),
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (logged.length > 0) throw new Error(`The page has logged errors:\n${logged.join("\n")}`);
    },
  };
}

async function openPage(
  browser: Chromium,
  url: string,
  { theme = "light", viewport = { width: 1440, height: 900 }, scale = 1, mayLog, before, functions = {} }:
    PageOptions,
  logged: string[],
): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport,
    deviceScaleFactor: scale,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  for (const [name, called] of Object.entries(functions)) await context.exposeFunction(name, called);
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  const log = (text: string) => {
    if (!mayLog?.test(text)) logged.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") log(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => log(error.stack ?? error.message));
  const answer = await page.goto(url);
  if (answer !== null && !answer.ok()) throw new Error(`${answer.status()}: ${await answer.text()}`);
  return page;
}

/** Keeps what a page shows, as `artefacts/screenshots/NAME.png`, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(`${name}.png`, SCREENSHOTS).pathname, animations: "disabled" });
}

/** What fades in has not the colours yet that it will have; what turns for ever is not waited for. */
const SETTLED = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished))`;

/**
 * Holds a page against axe's rules, WCAG AA and good practice.
 *
 * @throws {Error} with the rule, the place and the remedy of each violation.
 */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  await page.evaluate(SETTLED);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}: ${help}`)
  );
  if (found.length > 0) throw new Error(`axe has found ${found.length} violations:\n${found.join("\n")}`);
}
