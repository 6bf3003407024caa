/** Cost of the dashboard, measured in a real browser. */
import type { CDPSession, Page } from "playwright-core";
import { openBrowser } from "../../tests/e2e/browser.ts";
import type { RealEngine } from "../../tests/e2e/engines.ts";
import { startDockStat, startViewers } from "./children.ts";
import type { Row } from "./measures.ts";
import { median } from "./processes.ts";

const TOKEN = "a-token-for-the-bench";
/** Time for which the heap is watched, in minutes; shorter for trials. */
const MINUTES = Number(Deno.env.get("DOCKSTAT_BENCH_MINUTES") ?? 10);
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Notes in the page when its first container was there, and every task that held up the page for too long. */
const WATCH = `
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

interface Watched {
  readonly firstRowAt: number;
  longest: number;
}

/** A thousand simulated containers: how busy the page is, its longest task, and how its heap grows. */
export async function thousandInTheBrowser(): Promise<Row[]> {
  await using server = startDockStat(["--demo", "1000", "--token", TOKEN]);
  await using browser = await openBrowser();
  const page = await browser.page(`${await server.first}/?token=${TOKEN}`, { before: WATCH });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.locator(".line").nth(5).waitFor();
  await pause(15);
  await page.evaluate("window.longest = 0");
  const busy = await busyShare(session, 30);
  const longest = await page.evaluate(() => (globalThis as unknown as Watched).longest);
  const before = await heapMegabytes(session);
  await pause(MINUTES * 60);
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
      what: `Heap growth of the dashboard in ${MINUTES} minutes of that`,
      target: "≤ 10 MB",
      measured: `${growth.toFixed(1)} MB (from ${before.toFixed(0)} MB)`,
    },
  ];
}

/** Share of the time for which the main thread is busy. */
async function busyShare(session: CDPSession, seconds: number): Promise<number> {
  const [from, to] = [await metrics(session), (await pause(seconds), await metrics(session))];
  return (to["TaskDuration"]! - from["TaskDuration"]!) / (to["Timestamp"]! - from["Timestamp"]!);
}

async function metrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  // Twice: what finalizers free goes with the second.
  for (let round = 0; round < 2; round++) await session.send("HeapProfiler.collectGarbage");
  return (await metrics(session))["JSHeapUsedSize"]! / 1e6;
}

/** From opening the page to its first container, with the server's numbers warm and cold; and what is loaded for it. */
export async function firstRows(engine: RealEngine): Promise<Row[]> {
  await using server = startDockStat(["--token", TOKEN], { DOCKER_HOST: engine.url });
  const url = await server.first;
  const link = `${url}/?token=${TOKEN}`;
  await using browser = await openBrowser();
  const open = async () => {
    const page = await browser.page(link, { before: WATCH });
    await page.locator(".line:not(.header):not(.group)").first().waitFor();
    const firstRowAt = await page.evaluate(() => (globalThis as unknown as Watched).firstRowAt);
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
      target: "≤ 700 ms",
      measured: `${median(warm).toFixed(0)} ms / ${cold.firstRowAt.toFixed(0)} ms`,
    },
    {
      what: "JavaScript that the dashboard loads first, compressed",
      target: "≤ 250 kB",
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
