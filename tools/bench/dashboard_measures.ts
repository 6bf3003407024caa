/** Measurements of the dashboard in a real browser. */
import type { CDPSession, Page } from "playwright-core";
import { openBrowser } from "../../tests/e2e/browser.ts";
import type { RealEngine } from "../../tests/e2e/engines.ts";
import { BENCH_TOKEN as TOKEN, startDockStat, startViewers } from "./children.ts";
import type { Row } from "./measures.ts";
import { median } from "./processes.ts";
import { pause } from "./run.ts";

/** Script that records the time of the first row and the longest task of the page. */
const RECORD_TIMES = `
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: "longtask" });
  const seen = setInterval(() => {
    if (document.querySelector(".line:not(.header):not(.group)") === null) return;
    window.firstRowAt = performance.now();
    clearInterval(seen);
  }, 5);
`;

interface PageTimes {
  readonly firstRowAt: number;
  longest: number;
}

/** Measures a thousand simulated containers: main thread, longest task, and growth of the heap. */
export async function thousandInTheBrowser(minutes: number): Promise<Row[]> {
  await using server = startDockStat(["--demo", "1000", "--token", TOKEN]);
  await using browser = await openBrowser();
  const page = await browser.page(`${await server.first}/#token=${TOKEN}`, { before: RECORD_TIMES });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.locator(".line").nth(5).waitFor();
  await pause(10);
  await page.evaluate("window.longest = 0");
  const busy = await busyShare(session, 10);
  const longest = await page.evaluate(() => (globalThis as unknown as PageTimes).longest);
  const before = await heapMegabytes(session);
  await pause(minutes * 60);
  const growth = await heapMegabytes(session) - before;
  return [
    {
      what: "1,000 simulated containers at 1 s, dashboard: main thread busy; longest task after load",
      target: "≤ 30 %; ≤ 100 ms",
      measured: `${(busy * 100).toFixed(0)} %; ${
        longest === 0 ? "none over 50 ms" : `${longest.toFixed(0)} ms`
      }`,
    },
    {
      what: `Heap growth of the dashboard in ${minutes} minutes of that`,
      target: "≤ 10 MB",
      measured: `${growth.toFixed(1)} MB (from ${before.toFixed(0)} MB)`,
    },
  ];
}

/** Returns the share of time for which the main thread is busy. */
async function busyShare(session: CDPSession, seconds: number): Promise<number> {
  const [from, to] = [await metrics(session), (await pause(seconds), await metrics(session))];
  return (to["TaskDuration"]! - from["TaskDuration"]!) / (to["Timestamp"]! - from["Timestamp"]!);
}

async function metrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  // Twice, since objects of finalizers are freed by the second collection.
  for (let round = 0; round < 2; round++) await session.send("HeapProfiler.collectGarbage");
  return (await metrics(session))["JSHeapUsedSize"]! / 1e6;
}

/** Measures the time from opening the page to its first row, with warm and cold numbers, and the size of its scripts. */
export async function firstRows(engine: RealEngine): Promise<Row[]> {
  await using server = startDockStat(["--token", TOKEN], { DOCKER_HOST: engine.url });
  const url = await server.first;
  const link = `${url}/#token=${TOKEN}`;
  await using browser = await openBrowser();
  const open = async () => {
    const page = await browser.page(link, { before: RECORD_TIMES });
    await page.locator(".line:not(.header):not(.group)").first().waitFor();
    const firstRowAt = await page.evaluate(() => (globalThis as unknown as PageTimes).firstRowAt);
    const bytes = await scriptBytes(page);
    await page.close();
    return { firstRowAt, bytes };
  };
  const cold = await open();
  await using _viewer = startViewers(`${url}/docker/stats`, 1);
  await pause(3);
  const warm = [];
  for (let round = 0; round < 5; round++) warm.push((await open()).firstRowAt);
  return [
    {
      what: "First rows of the dashboard after opening it, loopback: collector warm / cold",
      target: "≤ 400 ms / ≤ 700 ms",
      measured: `${median(warm).toFixed(0)} ms / ${cold.firstRowAt.toFixed(0)} ms`,
    },
    {
      what: "JavaScript that the dashboard loads first, compressed",
      target: "≤ 200 kB",
      measured: `${(cold.bytes / 1000).toFixed(0)} kB`,
    },
  ];
}

function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    performance.getEntriesByType("resource")
      .filter(({ name }) => name.endsWith(".js"))
      .reduce((sum, entry) => sum + (entry as unknown as { encodedBodySize: number }).encodedBodySize, 0)
  );
}
