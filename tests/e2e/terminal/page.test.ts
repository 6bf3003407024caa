/** The terminal in a real browser, on a real engine. */
import { assert, assertEquals, assertMatch, eventually } from "../../assert.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { docker, realEngines } from "../engines.ts";
import { clickRow, openTerminal, paste, screen, serveContainer } from "./scene.ts";

/** Sequences that would set the title, reach the clipboard or the colors, or be answered with their own text. */
const HOSTILE = [
  ...["0;owned", "1;owned", "2;owned", "52;c;b3duZWQ=", "52;c;?", "4;1;?", "10;?", "11;?"].map((one) =>
    `\\033]${one}\\007`
  ),
  ...["\\033P$qm;owned\\033\\\\", "\\033P+q6f776e6564\\033\\\\", "\\033[?31337$p", "\\033[21t"],
].join("");

browserTest("a terminal in the page", async () => {
  const [engine] = await realEngines();
  await using it = await serveContainer(engine, "terminal-page", ["--network=none"]);
  await using browser = await openBrowser();
  const page = await browser.page(it.server.link);
  const execs = async () => (await docker(engine, "inspect", "-f", "{{len .ExecIDs}}", it.id)).trim();
  await page.evaluate((id) => location.hash = `#/containers/Localhost/${id}/terminal`, it.id);
  await page.getByRole("button", { name: "Open terminal" }).waitFor();
  // Nothing runs before the button is pressed.
  assertEquals(await execs(), "0");
  assertEquals(await it.get("/operations"), []);
  await openTerminal(page);
  assertEquals(await execs(), "1");
  await screenshot(page, "terminal");
  await assertAccessible(page);

  const title = await page.title();
  await page.keyboard.type(`printf '${HOSTILE}'; echo done\n`);
  await screen(page, /\ndone\n/);
  await page.keyboard.type("echo typed:\n");
  const shown = await screen(page, /\ntyped:\n/);
  assert(!/31337;|owned[^;']*\$|rgb:/.test(shown.split("\ndone\n")[1]!), shown);
  assertEquals([await page.title(), new URL(page.url()).hash], [
    title,
    `#/containers/Localhost/${it.id}/terminal`,
  ]);

  await page.keyboard.type(
    "clear; printf '\\033]8;;https://example.org/x\\033\\\\label\\033]8;;\\033\\\\\\n'\n",
  );
  await screen(page, /^label\n/m);
  await clickRow(page, "label");
  const link = page.getByRole("dialog", { name: "Open this link?" });
  await link.getByText("https://example.org/x").waitFor();
  await link.getByRole("button", { name: "Cancel" }).click();
  assertEquals(page.context().pages().length, 1);

  // The interrupt has to reach the command, so it is pressed once the command runs.
  await page.keyboard.type("sh -c 'echo run\"\"ning; exec sleep 100'\n");
  await screen(page, /\nrunning/);
  await page.keyboard.press("Control+c");
  await screen(page, /\^C\n\/ # $/);
  // The shell edits what it reads, so the text is pasted once the command reads it.
  await page.keyboard.type("sh -c 'echo rea\"\"dy; exec cat > /pasted'\n");
  await screen(page, /\nready/);
  const text = `${"é世🚀 0123456789 abcdefghijklmnopqrstuvwxyz\t~".repeat(2)}\n`.repeat(1050);
  assert(new TextEncoder().encode(text).length > 100_000);
  await paste(page, `\x1b[201~\x07${text}\x9b`);
  await page.getByRole("dialog").getByText(/The text has 1051 lines/).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Paste" }).click();
  const expected = `[201~${text}`;
  const size = String(new TextEncoder().encode(expected).length);
  await eventually(
    "the pasted text",
    async () => await docker(engine, "exec", it.id, "busybox", "stat", "-c", "%s", "/pasted") === size,
  );
  await page.locator(".xterm-helper-textarea").focus();
  await page.keyboard.press("Control+d");
  await screen(page, /\n\/ # $/);
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(expected));
  assertMatch(
    await docker(engine, "exec", it.id, "busybox", "sha256sum", "/pasted"),
    new RegExp(`^${new Uint8Array(sum).toHex()}`),
  );

  await page.getByRole("tab", { name: "Logs" }).click();
  await page.getByRole("tab", { name: "Terminal" }).click();
  await page.keyboard.press("Tab");
  await screen(page, /\n\/ # $/);
  await page.locator(".xterm-helper-textarea").focus();
  await page.keyboard.type("exit 3\n");
  await page.getByText("The command ended with exit code 3.").waitFor();
  await page.getByRole("button", { name: "Reconnect" }).click();
  await screen(page, /new session[^]*\n.*[#$] $/);

  await docker(engine, "exec", it.id, "busybox", "rm", "/bin/sh");
  await page.getByRole("button", { name: "End session" }).click();
  await page.getByRole("button", { name: "Reconnect" }).click();
  await page.getByText(/has no shell/).waitFor();
  await page.getByRole("textbox", { name: "Command" }).fill("busybox sh");
  await page.getByRole("button", { name: "Reconnect" }).click();
  await page.getByRole("button", { name: "End session" }).waitFor();
  await screen(page, /new session[^]*\n.*[#$] $/);
  await page.keyboard.type("echo back again\n");
  await screen(page, /^back again$/m);
});
