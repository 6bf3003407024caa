import type { Page } from "playwright-core";
import type { Server } from "../../../server/serve.ts";
import { assert, assertEquals, assertGreaterOrEqual, eventually } from "../../assert.ts";
import {
  assertAccessible,
  assertAccessibleInThemes,
  browserTest,
  openBrowser,
  screenshot,
} from "../browser.ts";
import { realEngines, startContainer } from "../engines.ts";
import { display, followButton, sees, texts, visibleLines } from "../lines_on_page.ts";
import { serveStacks } from "../stacks.ts";

const [engine] = await realEngines();
const linkTo = (server: Server, id: string) => `${server.link}#/containers/Localhost/${id}`;

/** Starts a container that runs a script, and stays. */
function startScript(name: string, script: string, options: readonly string[] = []) {
  return startContainer(engine, name, options, ["busybox", "sh", "-c", `${script}\nexec sleep 1000`]);
}

/** Lines of each kind: colors, levels, structured lines, traces, progress, stderr, and a long line. */
const KINDS = `
printf '\\033[1;31mFATAL\\033[0m \\033[37;44m white on blue \\033[0m \\033[38;5;208m256\\033[0m\\033]0;title\\007\\n'
echo 'INFO [http] GET /items 200, 0 errors'
echo 'WARN [pool] slow query'
echo '{"level":"error","time":1,"msg":"order refused","order":{"id":20,"total":"48.20"}}'
echo 'ts=1 level=debug caller=main.go:42 msg="cache miss" key=user:7'
{ echo 'ERROR c.e.Shop - charge failed'
echo 'java.lang.IllegalStateException: payment refused'
for n in 1 2 3 4 5 6 7 8; do printf '\\tat com.example.Pay.step%s(Pay.java:%s)\\n' $n $n; done
echo 'Caused by: java.net.ConnectException: Connection refused'
printf '\\t... 12 more\\n'; } >&2
sleep 1.2
{ echo 'panic: runtime error: index out of range [3] with length 2'
echo; echo 'goroutine 1 [running]:'; echo 'main.work(...)'; printf '\\t/src/main.go:17 +0x1d\\n'; echo 'exit status 2'; } >&2
sleep 1.2
{ echo 'Traceback (most recent call last):'; echo '  File "/app/main.py", line 12, in <module>'; echo '    main()'
echo "KeyError: 'user'"; } >&2
sleep 1.2
for p in 0 50 100; do printf '\\rdownloading %s%%' $p; done; printf '\\ndone\\n'
head -c 1000000 /dev/zero | busybox tr '\\0' x; echo; echo last
`;

/** Returns level and number of lines of each visible entry, and the start of its text. */
function entries(page: Page): Promise<readonly (readonly [string | null, number, string])[]> {
  return page.evaluate(`[...document.querySelectorAll("[role=listitem]")].map((row) => [
    row.getAttribute("data-level"),
    row.querySelectorAll(".text").length,
    row.querySelector(".text").textContent.slice(0, 24),
  ])`);
}

browserTest("recognizes lines of each kind, and passes axe in both themes", async () => {
  await using container = await startScript("dockstat-kinds", KINDS);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id), {
    viewport: { width: 1440, height: 1600 },
  });
  await sees(page, "last");
  const found = await eventually("all entries", async () => {
    const all = await entries(page);
    return all.length >= 12 ? all : undefined;
  });
  const shown = (start: string) => found.filter(([, , text]) => text.startsWith(start));
  assertEquals(shown("FATAL"), [["fatal", 1, "FATAL  white on blue  25"]]);
  assertEquals(shown("INFO"), [["info", 1, "INFO [http] GET /items 2"]]);
  assertEquals(shown("WARN"), [["warning", 1, "WARN [pool] slow query"]]);
  assertEquals(shown("order"), [["error", 1, "order refused order.id=2"]]);
  assertEquals(shown("ts=1"), [["debug", 1, "ts=1 level=debug caller="]]);
  // A long trace is folded.
  assertEquals(shown("ERROR"), [["error", 5, "ERROR c.e.Shop - charge "]]);
  assertEquals(shown("panic"), [["fatal", 6, "panic: runtime error: in"]]);
  assertEquals(shown("Trace"), [["error", 4, "Traceback (most recent c"]]);
  assertEquals(shown("downloading"), [[null, 1, "downloading 100%"]]);
  assertEquals(found.length, 12);
  await page.getByText("order refused").click();
  await page.getByText("order.total", { exact: true }).waitFor();
  await page.getByRole("button", { name: /Show 100,000 of 998,000 more characters/ }).click();
  await page.getByRole("button", { name: /of 898,000 more characters/ }).waitFor();
  await assertAccessibleInThemes(page, "output-kinds");
  await display(page, "No times");
  await page.locator("[role=listitem] time").first().waitFor({ state: "detached" });
});

browserTest("reaches the first of 3,000 lines by scrolling up, and by Home", async () => {
  await using container = await startScript("dockstat-older", "seq 0 2999 | sed 's/^/line /'");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await sees(page, "line 2999");
  await page.getByRole("log").hover();
  await eventually("the first line", async () => {
    await page.mouse.wheel(0, -4000);
    return (await texts(page)).includes("line 0");
  });
  await page.getByText("Start of the log").waitFor();
  await page.reload();
  await sees(page, "line 2999");
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await sees(page, "line 0");
  await followButton(page).click();
  await sees(page, "line 2999");
});

browserTest("links to a line, and copies selected lines that are not rendered", async () => {
  await using container = await startScript("dockstat-link", "seq 0 2999 | sed 's/^/line /'");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await sees(page, "line 2999");
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await sees(page, "line 20");
  await page.getByRole("listitem").filter({ hasText: /line 20$/ }).locator("time").click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Copied").waitFor();
  const clipboard = () => page.evaluate<string>("navigator.clipboard.readText()");
  const link = await clipboard();
  await page.getByRole("log").focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await eventually("the lines", async () => (await clipboard()).startsWith("line 0\nline 1\n"));
  assertGreaterOrEqual((await clipboard()).split("\n").length, 500);
  await page.goto("about:blank");
  await page.goto(link);
  await page.locator("[aria-current]").getByText("line 20", { exact: true }).waitFor();
});

browserTest(
  "searches a whole log, opens a match at its place, and keeps the search on the way back",
  async () => {
    await using container = await startScript("dockstat-search", "seq 0 2999 | sed 's/^/line /'");
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(linkTo(server, container.id));
    await sees(page, "line 2999");
    await page.getByLabel("Search the lines").fill("line 123");
    await page.getByRole("button", { name: "Search whole log" }).click();
    await page.getByText("11 matches in 3,000 lines", { exact: true }).waitFor();
    await page.getByRole("button", { name: /line 1234$/ }).click();
    await page.locator("[role=log] [aria-current]").getByText("line 1234", { exact: true }).waitFor();
    await assertAccessible(page);
    await screenshot(page, "logs-search");
    await page.goto(`${server.url}/#/stacks`);
    await page.getByRole("heading", { name: "Stacks", level: 1 }).waitFor();
    await page.goBack();
    await sees(page, "line 2999");
    assertEquals(await page.getByLabel("Search the lines").inputValue(), "line 123");
    assertEquals(await page.getByRole("button", { name: "Search whole log" }).count(), 1);
  },
);

browserTest("searches with a hostile pattern, and shows only matches", async () => {
  await using container = await startScript(
    "dockstat-pattern",
    "seq 0 99 | sed 's/^/line /'; head -c 50000 /dev/zero | busybox tr '\\0' a; echo '!'",
  );
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await sees(page, "line 99");
  await page.getByLabel("Search the lines").fill("/(a+)+$/");
  await page.getByRole("region", { name: /^Logs of/ }).getByText("0", { exact: true }).waitFor();
  await page.getByLabel("Search the lines").fill("/line 1.$/");
  await page.getByRole("region", { name: /^Logs of/ }).getByText("10", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Mark matches" }).click();
  await page.getByRole("menuitemradio", { name: "Only matches", exact: true }).click();
  await page.keyboard.press("Escape");
  await eventually("the matches", async () => (await texts(page)).length === 10);
});

browserTest("merges the logs of a project, and mutes a container", async () => {
  const label = (
    service: string,
  ) => ["--label", "com.docker.compose.project=merged", "--label", `com.docker.compose.service=${service}`];
  await using _web = await startScript("merged-web-1", "echo 'INFO from web'", label("web"));
  await using _db = await startScript("merged-db-1", "sleep 0.2; echo 'WARN from db'", label("db"));
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/logs/project/merged`);
  await sees(page, "INFO from web");
  await sees(page, "WARN from db");
  const sources = page.getByRole("group", { name: "Containers of the log" });
  await sources.getByRole("button", { name: "db-1" }).waitFor();
  await screenshot(page, "logs-merged");
  await assertAccessible(page);
  await sources.getByRole("button", { name: "web-1" }).click();
  await eventually("the muted lines", async () => (await texts(page)).join() === "WARN from db");
});

browserTest("shows at least 34 lines of DockStat's size of window, and a sheet on a phone", async () => {
  await using container = await startScript("dockstat-density", "seq 0 299 | sed 's/^/INFO line /'");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const link = `${server.link}#/logs/containers/Localhost/${container.id}`;
  for (const [width, height, lines] of [[1440, 900, 34], [1024, 700, 18], [390, 844, 24]] as const) {
    const page = await browser.page(link, { viewport: { width, height }, theme: "dark" });
    await sees(page, "INFO line 299");
    await eventually(`${lines} lines`, async () => await visibleLines(page) >= lines);
    await screenshot(page, `logs-${width}`);
    if (width > 600) continue;
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("region", { name: "Log filters and display" }).waitFor();
    await assertAccessible(page);
    await screenshot(page, "logs-sheet");
  }
  assert(container.id !== "");
});
