/** Runs the dashboard in a real browser: fails on logged errors, keeps screenshots and applies axe. */
import axe from "axe-core";
import { type Browser as Chromium, chromium, type Locator, type Page } from "playwright-core";
import { eventually } from "../assert.ts";
import { BROWSER_MISSING, findBrowser } from "../../tools/engine/extras.ts";

/** Options of a page. */
export interface PageOptions {
  /** Color scheme that the system prefers; light by default. */
  readonly theme?: "light" | "dark";
  /** CSS pixels; 1440 × 900 by default. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of a screenshot per CSS pixel; 1 by default. */
  readonly scale?: number;
  /** Console errors that the test causes, such as those of a server that it stops. */
  readonly mayLog?: RegExp;
  /** Script that runs in the page before its own code. */
  readonly before?: string;
  /** Prepares the page before it is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Functions of the test that the page can call. */
  readonly functions?: Readonly<Record<string, (argument: never) => unknown>>;
}

/** A running browser; disposal throws if a page has logged an error. */
export interface Browser extends AsyncDisposable {
  /**
   * Opens an address in a new browser context, which shares no storage with other pages.
   *
   * @throws {Error} if the server refuses the page, with its response.
   */
  page(url: string, options?: PageOptions): Promise<Page>;
}

/** Folder for screenshots. */
const SCREENSHOTS = new URL("../../artefacts/screenshots/", import.meta.url);
/** Timeout for a state, and for the start of the browser, ms; only a failing test waits that long. */
const TIMEOUT_MS = 60_000;
/** Program that hides new network interfaces from Chromium, which aborts requests when an engine adds one. */
export const LAUNCHER = new URL("../fixtures/without_network_changes.pl", import.meta.url).pathname;
/** Error of a request that was aborted all the same; the page repeats those that it makes itself. */
const NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";
/** Number of times that a page is opened whose own files were aborted. */
const MOST_LOADS = 5;
/** Longest text of a page in a failure. */
const LONGEST_TEXT = 1500;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Docker Desktop lets a page from a file load its modules; a plain browser does not.
  "--allow-file-access-from-files",
];

/**
 * Registers a test that needs a browser; without one it is ignored, or fails if `CI` is set.
 *
 * @param alsoMissing Advice on another program that the test needs and this machine does not have.
 */
export function browserTest(name: string, body: () => Promise<void>, alsoMissing?: string): void {
  const missing = findBrowser() === undefined ? BROWSER_MISSING : alsoMissing;
  const ignore = missing !== undefined && !Deno.env.get("CI");
  Deno.test({
    name: ignore ? `${name} (${missing})` : name,
    ignore,
    fn: () => unfold(body),
  });
}

/** Addresses and texts of the pages that the last browser had when it was closed. */
let lastPages: readonly string[] = [];

/** Reports the failure of a test with the errors that its pages logged, which Deno prints alone, and their texts. */
async function unfold(body: () => Promise<void>): Promise<void> {
  try {
    lastPages = [];
    await body();
  } catch (error) {
    const isBoth = error instanceof SuppressedError;
    const [last, first] = isBoth ? [error.error, error.suppressed] : [error, undefined];
    const shown = lastPages.map((page) => `\nThe page showed ${page}`).join("");
    throw new Error(`${last?.message ?? last}${shown}`, { cause: first ?? error });
  }
}

/** Returns the address and the text of each page. */
async function pagesOf(browser: Chromium): Promise<string[]> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  return await Promise.all(pages.map(async (page) => {
    const text = await page.locator("body").innerText({ timeout: 1000 }).catch(() => "");
    return `${page.url()}\n${text.replaceAll(/\s*\n\s*/g, " | ").slice(0, LONGEST_TEXT)}`;
  }));
}

/**
 * Starts a browser for one scope.
 *
 * @throws {Error} if no browser is installed, with what to install; on disposal, if a page has logged errors.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(BROWSER_MISSING);
  const browser = await chromium.launch({
    ...await launched(executablePath),
    args: FLAGS,
    timeout: TIMEOUT_MS,
  });
  const logged: string[] = [];
  return {
    page: (url, options = {}) => openPage(browser, url, options, logged),
    async [Symbol.asyncDispose]() {
      // What a page logs from here on belongs to the end of the test.
      const errors = [...logged];
      lastPages = await pagesOf(browser);
      await browser.close();
      if (errors.length > 0) throw new Error(`The page logged errors:\n${errors.join("\n")}`);
    },
  };
}

/** Returns the program to start; the launcher needs Linux and Perl, which Debian and Ubuntu always have. */
async function launched(program: string) {
  const hasPerl = await Deno.stat("/usr/bin/perl").then(() => true, () => false);
  if (Deno.build.os !== "linux" || !hasPerl) return { executablePath: program };
  return { executablePath: LAUNCHER, env: { ...Deno.env.toObject(), DOCKSTAT_TEST_PROGRAM: program } };
}

async function openPage(
  browser: Chromium,
  url: string,
  options: PageOptions,
  logged: string[],
): Promise<Page> {
  const { mayLog, before, prepare, functions = {} } = options;
  const context = await browser.newContext({
    colorScheme: options.theme ?? "light",
    viewport: options.viewport ?? { width: 1440, height: 900 },
    deviceScaleFactor: options.scale ?? 1,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  for (const [name, called] of Object.entries(functions)) await context.exposeFunction(name, called);
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  const log = (text: string) => {
    if (!mayLog?.test(text) && !text.includes(NETWORK_CHANGED)) logged.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") log(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => log(error.stack ?? error.message));
  await prepare?.(page);
  await load(page, url);
  return page;
}

/** Opens an address, again while an aborted request leaves the page without one of its scripts. */
async function load(page: Page, url: string): Promise<void> {
  let isAborted = true;
  page.on("requestfailed", (request) => {
    isAborted ||= request.resourceType() === "script" && request.failure()?.errorText === NETWORK_CHANGED;
  });
  for (let loads = 0; isAborted && loads < MOST_LOADS; loads++) {
    isAborted = false;
    // An address that differs in its fragment only would not be loaded again.
    if (loads > 0) await page.goto("about:blank");
    const answer = await page.goto(url);
    if (answer !== null && !answer.ok()) throw new Error(`${answer.status()}: ${await answer.text()}`);
  }
}

/** Console errors of a page whose session ends: its sockets and the requests on their way are refused. */
export const SIGNED_OUT = /WebSocket .* HTTP Authentication failed|401 \(Unauthorized\)/;

/** Console errors of a page whose server is stopped, also those of its service worker. */
export const SERVER_GONE = /WebSocket|net::ERR_|Failed to fetch|fetching the script|503 \(/;

/** Signs out through the menu, and waits for the page that is loaded without a session. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  // The button to sign in is shown a moment before the page is loaded again.
  const loaded = page.waitForEvent("load");
  await Promise.all([loaded, page.getByRole("menuitem", { name: "Sign out" }).click()]);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
}

/** Waits until an element has a text. */
export async function reads(element: Locator, text: RegExp): Promise<void> {
  await eventually(`the text ${text}`, async () => text.test(await element.innerText()));
}

/** Saves a screenshot as `artefacts/screenshots/NAME.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(`${name}.png`, SCREENSHOTS).pathname, animations: "disabled" });
}

/** Waits for all finite animations, since axe checks the final colors. */
const SETTLED = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished))`;

/** Runs all rules of axe. The page returns only texts: the results with every passed element are megabytes. */
const VIOLATIONS = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" ") + ": " + help)))`;

/** Background color of the page by theme. */
export const BACKGROUNDS = { light: "rgb(246, 247, 249)", dark: "rgb(13, 17, 23)" } as const;

/** Checks a page in both themes, and saves a screenshot of each as `NAME-THEME`. */
export async function assertAccessibleInThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await eventually(`the ${colorScheme} theme`, () =>
      page.evaluate<boolean>(
        `getComputedStyle(document.body).backgroundColor === "${BACKGROUNDS[colorScheme]}"`,
      ));
    await assertAccessible(page);
    await screenshot(page, `${name}-${colorScheme}`);
  }
}

/**
 * Checks a page against axe's rules for WCAG AA and good practice.
 *
 * @throws {Error} with the rule, the element and the remedy of each violation.
 */
export async function assertAccessible(page: Page): Promise<void> {
  if (!await page.evaluate<boolean>("'axe' in window")) await page.evaluate(axe.source);
  await page.evaluate(SETTLED);
  const found = await page.evaluate<string[]>(VIOLATIONS);
  if (found.length > 0) throw new Error(`axe found ${found.length} violations:\n${found.join("\n")}`);
}
