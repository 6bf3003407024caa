/** Runs the dashboard in Firefox, which speaks WebDriver BiDi; fails on logged errors. */
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findFirefox, FIREFOX_MISSING } from "../../tools/engine/extras.ts";

/** A font that was still loading when the page was left (NS_BINDING_ABORTED). */
const ABORTED = /downloadable font: download failed .* status=2152398850 /;

/** Timeout for a state, and for the start of the browser, ms; only a failing test waits that long. */
const TIMEOUT_MS = 60_000;

/** A page in Firefox; disposal throws if it has logged an error. */
export interface FirefoxPage extends AsyncDisposable {
  readonly page: Page;
}

/** Registers a test that needs Firefox; without it the test is ignored, or fails if `CI` is set. */
export function firefoxTest(name: string, body: () => Promise<void>): void {
  const ignore = findFirefox() === undefined && !Deno.env.get("CI");
  Deno.test({ name: ignore ? `${name} (${FIREFOX_MISSING})` : name, ignore, fn: body });
}

/**
 * Starts Firefox with one page.
 *
 * @throws {Error} if it is not installed, with what to install.
 */
export async function openFirefox(): Promise<FirefoxPage> {
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error(FIREFOX_MISSING);
  const browser: Browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    timeout: TIMEOUT_MS,
    protocolTimeout: 2 * TIMEOUT_MS,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.setViewport({ width: 1440, height: 900 });
  const logged: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !ABORTED.test(message.text())) logged.push(message.text());
  });
  page.on("pageerror", (error) => logged.push(String(error)));
  return {
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (logged.length > 0) throw new Error(`The page logged errors:\n${logged.join("\n")}`);
    },
  };
}
