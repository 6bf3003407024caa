/** Operations on selected containers in a real browser, on a real engine. */
import { type Page } from "playwright-core";
import { assertEquals, eventually } from "../../assert.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { docker, realEngines, startContainer } from "../engines.ts";
import { serveStacks } from "../stacks.ts";

const LOOKS = [
  ["light", { theme: "light" }],
  ["dark", { theme: "dark" }],
  ["phone", { theme: "light", viewport: { width: 390, height: 844 } }],
] as const;

/** Selects a row by keyboard, which works on every screen. */
async function select(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name, exact: true }).focus();
  await page.keyboard.press("x");
  await page.locator(`input:checked[aria-label="Select ${name}"]`).waitFor({ state: "attached" });
}

/** Checks the bar of the selection, and the dialog that asks before containers are killed. */
async function checkBar(page: Page, look: string, names: readonly string[]): Promise<void> {
  for (const name of names) await select(page, name);
  const bar = page.getByRole("toolbar", { name: "Selected containers" });
  await bar.getByText(`${names.length} selected`).waitFor();
  await assertAccessible(page);
  await screenshot(page, `selection-${look}`);
  await bar.getByRole("button", { name: "More operations" }).click();
  await page.getByRole("menuitem", { name: /^Kill/ }).click();
  const dialog = page.getByRole("dialog", { name: `Kill ${names.length} containers?` });
  await dialog.getByText("cannot save data").waitFor();
  await assertAccessible(page);
  await screenshot(page, `selection-kill-${look}`);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
}

browserTest("operations on selected containers", async () => {
  const [engine] = await realEngines();
  const prefix = `dockstat-ui-${crypto.randomUUID().slice(0, 8)}`;
  const names = [`${prefix}-a`, `${prefix}-b`];
  // Programs that end at once when they are stopped.
  const program = ["sh", "-c", "trap exit TERM; while :; do sleep 1; done"];
  await using stack = new AsyncDisposableStack();
  for (const name of names) stack.use(await startContainer(engine, name, [], program));
  const server = stack.use(await serveStacks(engine));
  const browser = stack.use(await openBrowser());
  const link = `${server.link}#/containers?q=${prefix}`;
  for (const [look, options] of LOOKS.slice(1)) {
    const page = await browser.page(link, options);
    await checkBar(page, look, names);
    await page.context().close();
  }

  const page = await browser.page(link, LOOKS[0][1]);
  await checkBar(page, "light", names);
  const states = async () =>
    (await docker(engine, "ps", "-a", "--filter", `name=${prefix}`, "--format", "{{.State}}")).split("\n");
  const bar = page.getByRole("toolbar", { name: "Selected containers" });
  await bar.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped 2 containers.").waitFor();
  assertEquals(await states(), ["exited", "exited"]);
  // The tooltip of the button under the pointer is outside the landmarks.
  await page.mouse.move(0, 0);
  await page.getByRole("tooltip").waitFor({ state: "detached" });
  await assertAccessible(page);
  await screenshot(page, "selection-undo");
  await page.getByRole("button", { name: "Undo: Start" }).click();
  await page.getByText("Started 2 containers.").waitFor();
  assertEquals(await states(), ["running", "running"]);

  await bar.getByRole("button", { name: "More operations" }).click();
  await page.getByRole("menuitem", { name: /^Remove/ }).click();
  const dialog = page.getByRole("dialog", { name: "Remove 2 containers?" });
  await dialog.getByText("This cannot be undone.").waitFor();
  await dialog.getByRole("checkbox").check();
  await assertAccessible(page);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await eventually("the removal", async () => (await states()).join("") === "");
  await bar.waitFor({ state: "detached" });
});
