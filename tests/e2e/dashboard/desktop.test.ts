import type { Page } from "playwright-core";
import { assertEquals, eventually } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { startProgram } from "../../program.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { openDesktopPage, serveDesktop } from "../desktop.ts";
import { realEngines, startContainer } from "../engines.ts";

const [engine] = await realEngines();

function uniqueName(): string {
  return `dockstat-desktop-${crypto.randomUUID().slice(0, 8)}`;
}

/** Searches for a container, since a table with many containers renders only the visible rows. */
async function findRow(page: Page, name: string): Promise<void> {
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("row").filter({ hasText: name }).waitFor();
}

for (const theme of ["light", "dark"] as const) {
  browserTest(
    `the page in Docker Desktop connects with a ticket and the service, in the ${theme} theme`,
    async () => {
      const name = uniqueName();
      await using container = await startContainer(engine, name);
      await using desktop = await serveDesktop(engine);
      await using browser = await openBrowser();
      await using tab = await openDesktopPage(browser, desktop.service, { theme });
      await findRow(tab.page, name);
      await tab.page.getByText("Statistics: live").waitFor();
      await assertAccessible(tab.page);
      await screenshot(tab.page, `desktop-${theme}`);
      await tab.page.getByRole("link", { name }).click();
      await tab.page.getByRole("button", { name: "Open in Docker Desktop" }).click();
      await eventually("the page in Docker Desktop", () => tab.viewed.length > 0);
      assertEquals(tab.viewed, [container.id]);
    },
  );
}

browserTest(
  "reads sockets from a command in the container when ports are blocked",
  async () => {
    const name = uniqueName();
    await using _container = await startContainer(engine, name);
    await using desktop = await serveDesktop(engine);
    await using browser = await openBrowser();
    const { port } = new URL(desktop.server.url);
    await using tab = await openDesktopPage(browser, desktop.service, {
      mayLog: /WebSocket/,
      change: (url, data) => url === "/session" ? { ...data as object, wsBase: "ws://127.0.0.1:1" } : data,
      exec: (args, report, signal) => run([...args, "--port", port, "--token", TOKEN], report, signal),
    });
    await findRow(tab.page, name);
    assertEquals(tab.commands[0]?.slice(0, 2), ["dockstat", "bridge"]);
  },
);

browserTest("uses commands when no port is published", async () => {
  const name = uniqueName();
  await using _container = await startContainer(engine, name);
  await using desktop = await serveDesktop(engine);
  await using browser = await openBrowser();
  const { port } = new URL(desktop.server.url);
  await using tab = await openDesktopPage(browser, desktop.service, {
    change: (url, data) => url === "/session" ? { ...data as object, wsBase: null } : data,
    exec: (args, report, signal) => run([...args, "--port", port, "--token", TOKEN], report, signal),
  });
  await findRow(tab.page, name);
});

/** Runs DockStat until the signal aborts, and reports its lines. */
async function run(
  args: readonly string[],
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await using program = startProgram(args);
  for (let reported = 0; !signal.aborted;) {
    const lines = await eventually("a line", () => {
      const all = program.out.split("\n").slice(0, -1);
      return signal.aborted || all.length > reported ? all.slice(reported) : undefined;
    });
    reported += lines.length;
    lines.forEach(report);
  }
}
