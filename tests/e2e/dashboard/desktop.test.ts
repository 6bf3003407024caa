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

for (const theme of ["light", "dark"] as const) {
  browserTest(
    `the tab, from a file, in the ${theme} theme: live by a ticket, everything else by the service`,
    async () => {
      const name = uniqueName();
      await using container = await startContainer(engine, name);
      await using desktop = await serveDesktop(engine);
      await using browser = await openBrowser();
      await using tab = await openDesktopPage(browser, desktop.service, { theme });
      await tab.page.getByRole("row").filter({ hasText: name }).waitFor();
      await tab.page.getByText("Statistics: live").waitFor();
      await assertAccessible(tab.page);
      await screenshot(tab.page, `desktop-${theme}`);
      await tab.page.getByRole("link", { name }).click();
      await tab.page.getByRole("button", { name: "Open in Docker Desktop" }).click();
      assertEquals(tab.viewed, [container.id]);
    },
  );
}

browserTest(
  "where a policy forbids ports, the tab reads the sockets by a command in the container",
  async () => {
    const name = uniqueName();
    await using _container = await startContainer(engine, name);
    await using desktop = await serveDesktop(engine);
    await using browser = await openBrowser();
    const { port } = new URL(desktop.server.url);
    await using tab = await openDesktopPage(browser, desktop.service, {
      mayLog: /WebSocket/,
      change: (url, data) => url === "/session" ? { ...data as object, wsBase: "ws://127.0.0.1:1" } : data,
      exec: (args, tell, signal) => run([...args, "--port", port, "--token", TOKEN], tell, signal),
    });
    await tab.page.getByRole("row").filter({ hasText: name }).waitFor();
    assertEquals(tab.commands[0]?.slice(0, 2), ["dockstat", "bridge"]);
  },
);

browserTest("where no port is published, the tab does not try one", async () => {
  const name = uniqueName();
  await using _container = await startContainer(engine, name);
  await using desktop = await serveDesktop(engine);
  await using browser = await openBrowser();
  const { port } = new URL(desktop.server.url);
  await using tab = await openDesktopPage(browser, desktop.service, {
    change: (url, data) => url === "/session" ? { ...data as object, wsBase: null } : data,
    exec: (args, tell, signal) => run([...args, "--port", port, "--token", TOKEN], tell, signal),
  });
  await tab.page.getByRole("row").filter({ hasText: name }).waitFor();
});

/** Runs DockStat until the signal aborts, and tells the lines that it prints as they come. */
async function run(
  args: readonly string[],
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await using program = startProgram(args);
  for (let told = 0; !signal.aborted;) {
    const lines = await eventually("a line", () => {
      const all = program.out.split("\n").slice(0, -1);
      return signal.aborted || all.length > told ? all.slice(told) : undefined;
    });
    told += lines.length;
    lines.forEach(tell);
  }
}
