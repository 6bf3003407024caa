import type { Page } from "playwright-core";
import type { Server } from "../../../server/serve.ts";
import { assertEquals, assertLess, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { freshFolder } from "../../client.ts";
import { assertAccessible, browserTest, openBrowser, screenshot, SERVER_GONE } from "../browser.ts";
import { docker, type RealEngine, realEngines, startContainer } from "../engines.ts";
import { at, downloaded, followButton, sees, texts } from "../lines_on_page.ts";
import { serveStacks } from "../stacks.ts";

const [engine] = await realEngines();

/** Writes as many numbered lines as a file requests. */
const WRITER = `n=0; write() { i=0; while [ $i -lt $1 ]; do echo "line $n"; n=$((n+1)); i=$((i+1)); done; }
while true; do [ -e /go ] && { write $(cat /go); busybox rm /go; }; sleep 0.05; done`;

function startWriter(engine: RealEngine, name: string) {
  return startContainer(engine, name, [], ["busybox", "sh", "-c", WRITER]);
}

/** Makes a writer write lines, and waits until it has written them. */
async function write(engine: RealEngine, id: string, lines: number): Promise<void> {
  const script = `echo ${lines} > /tmp-go; busybox mv /tmp-go /go; while [ -e /go ]; do sleep 0.05; done`;
  await docker(engine, "exec", id, "busybox", "sh", "-c", script);
}

const linkTo = (server: Server, id: string) => `${server.link}#/containers/Localhost/${id}`;

/** Writes 5,000 lines, and waits until the page has them. */
async function fill(page: Page, id: string): Promise<void> {
  await page.getByText("No output yet").waitFor();
  // After this line the history has been read, so that no later line is missing.
  await write(engine, id, 1);
  await sees(page, "line 0");
  await write(engine, id, 4999);
  await page.getByText("5,000 lines", { exact: true }).waitFor();
  await sees(page, "line 4999");
}

/** Returns the place and text of the first visible line. */
function firstVisible(page: Page): Promise<readonly [number, string]> {
  return page.evaluate(`(() => {
    const { top } = document.querySelector("[role=log]").getBoundingClientRect();
    const rows = [...document.querySelectorAll("[role=listitem]")];
    const row = rows.find((one) => one.getBoundingClientRect().top >= top);
    return [row.getBoundingClientRect().top, row.querySelector(".text").textContent];
  })()`);
}

/** Returns the first visible line once the page no longer scrolls. */
async function restingLine(page: Page): Promise<readonly [number, string]> {
  let before = "";
  return await eventually("the end of scrolling", async () => {
    const [last, now] = [before, await firstVisible(page)];
    before = now.join();
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    return last === before ? now : undefined;
  });
}

browserTest("follows, pauses, searches and downloads 5,000 lines", async () => {
  await using container = await startWriter(engine, "dockstat-page-output");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await fill(page, container.id);
  assertLess(await page.getByRole("listitem").count(), 200);

  await page.getByRole("log").hover();
  await page.mouse.wheel(0, -3000);
  await followButton(page).waitFor();
  const before = await restingLine(page);
  await write(engine, container.id, 132);
  const follow = page.getByRole("button", { name: "132 new lines" });
  await follow.waitFor();
  assertEquals(await firstVisible(page), before);
  await follow.scrollIntoViewIfNeeded();
  await screenshot(page, "output-paused");

  const logs = page.getByRole("region", { name: /^Logs of/ });
  await page.getByLabel("Search the lines").fill("line 123");
  await logs.getByText("11", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await sees(page, "line 123");
  await page.keyboard.press("Shift+Enter");
  await page.getByText("11 of 11", { exact: true }).waitFor();
  await sees(page, "line 1239");

  // A match at the end does not resume a paused log.
  await page.getByLabel("Search the lines").fill("line 4999");
  await logs.getByText("1", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await sees(page, "line 4999");
  await follow.click();
  await sees(page, "line 5131");

  await page.getByRole("log").focus();
  await page.keyboard.press("PageUp");
  await followButton(page).waitFor();
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  const lines = await downloaded(page);
  assertEquals(
    lines.map((line) => line.replace(/^.*? line/, "line")),
    Array.from({ length: 5132 }, (_, n) => `line ${n}`),
  );
});

browserTest("notes a restart of the container and shows each line once", async () => {
  await using container = await startWriter(engine, "dockstat-page-restart");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await write(engine, container.id, 3);
  await sees(page, "line 2");
  await docker(engine, "restart", "-t", "0", container.id);
  await sees(page, "Restarted.");
  await write(engine, container.id, 2);
  const all = ["line 0", "line 1", "line 2", "ended", "Restarted", "line 0", "line 1"];
  await eventually("all lines", async () => (await texts(page)).length === all.length);
  const seen = await texts(page);
  for (const [index, text] of all.entries()) assertStringIncludes(seen[index]!, text);
});

browserTest(
  "shows lines written while the server was stopped, each once",
  async () => {
    await using container = await startWriter(engine, "dockstat-page-away");
    const [data, port] = [freshFolder(), freePort()];
    const first = await serveStacks(engine, { data, listen: at(port) });
    await using browser = await openBrowser();
    const page = await browser.page(linkTo(first, container.id), {
      mayLog: SERVER_GONE,
    });
    await write(engine, container.id, 700);
    await sees(page, "line 699");
    await first[Symbol.asyncDispose]();
    await page.getByText(/Logs: disconnected, last/).waitFor();
    await write(engine, container.id, 900);
    await using _second = await serveStacks(engine, { data, listen: at(port) });
    await sees(page, "line 1599");
    await write(engine, container.id, 10);
    await sees(page, "line 1609");
    const numbers = (await downloaded(page)).map((line) => Number(line.split(" ").at(-1)));
    // The first lines may precede the page; from its first line on, each is there once.
    assertEquals(numbers, Array.from({ length: 1610 - numbers[0]! }, (_, n) => numbers[0]! + n));
  },
);

browserTest("explains how to read logs without the token", async () => {
  await using container = await startWriter(engine, "dockstat-page-token");
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.url}/#/containers/Localhost/${container.id}`);
  await page.getByRole("heading", { name: "Sign in to read logs" }).waitFor();
  await page.getByText("Logs may contain secrets.").waitFor();
  await assertAccessible(page);
});
