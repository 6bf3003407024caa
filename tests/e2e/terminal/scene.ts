/** A server on a real engine with one container, and its terminal in a browser. */
import type { Page } from "playwright-core";
import { serve, type Server } from "../../../server/serve.ts";
import { eventually } from "../../assert.ts";
import { testConfig, TOKEN } from "../../client.ts";
import { type RealEngine, startContainer } from "../engines.ts";

/** A server and its container. */
export interface TerminalServer extends AsyncDisposable {
  readonly server: Server;
  readonly name: string;
  readonly id: string;
  /** Sends a request with the token and returns the parsed answer. */
  // deno-lint-ignore no-explicit-any -- answers of any shape; tests check individual keys
  get(path: string): Promise<any>;
}

/** Starts a container, and a server that knows it. */
export async function serveContainer(
  engine: RealEngine,
  name: string,
  options: readonly string[] = [],
): Promise<TerminalServer> {
  await using opened = new AsyncDisposableStack();
  const { id } = opened.use(await startContainer(engine, name, options));
  const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: engine.url } };
  const server = opened.use(await serve(testConfig([host])));
  const get = async (path: string) => {
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
    return await answer.json();
  };
  await eventually("the container", async () => {
    const found = await get("/docker/stats");
    return found.some((one: { readonly name: string }) => one.name === name);
  });
  const all = opened.move();
  return { server, name, id, get, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Opens the terminal of the container in the page of a signed-in user, and waits for its prompt. */
export async function openTerminal(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open terminal" }).click();
  await page.getByRole("button", { name: "End session" }).waitFor();
  await screen(page, /[#$] $/);
}

/** Waits until the rows of the terminal match. */
export async function screen(page: Page, pattern: RegExp): Promise<string> {
  return await eventually(`the screen ${pattern}`, async () => {
    const rows = await page.locator(".xterm-rows > div").allInnerTexts();
    const text = rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd()).join("\n").trimEnd() + " ";
    return pattern.test(text) ? text : undefined;
  });
}

/** Pastes a text into the terminal, as the keyboard does. */
export async function paste(page: Page, text: string): Promise<void> {
  // A text, because the types of these classes are those of a browser.
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", ${JSON.stringify(text)});
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".xterm-helper-textarea").dispatchEvent(event);
  }`);
}

/** Clicks the beginning of the row with a text, as a pointer does that has moved there. */
export async function clickRow(page: Page, text: string): Promise<void> {
  const row = page.locator(".xterm-rows > div").filter({ hasText: new RegExp(`^${text}\\s*$`) }).first();
  const { x, y, height } = (await row.boundingBox())!;
  await page.mouse.move(x + 12, y + height / 2, { steps: 3 });
  await page.mouse.click(x + 12, y + height / 2);
}
