import type { Page } from "playwright-core";
import type { Server } from "../../../server/serve.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { browserTest, openBrowser, screenshot } from "../browser.ts";
import { docker, realEngines, startContainer } from "../engines.ts";
import { serveStacks } from "../stacks.ts";

const [engine] = await realEngines();

/** A new network interface aborts requests of the browser. */
const NO_NETWORK = ["--network=none"];
const uniqueName = () => `dockstat-charts-${crypto.randomUUID().slice(0, 8)}`;
const BUSY = [
  "busybox",
  "sh",
  "-c",
  "while true; do j=0; while [ $j -lt 20000 ]; do j=$((j+1)); done; busybox sleep 0.2; done",
];
const CHARTS = ["CPU", "Memory", "Network", "Disk"] as const;

const linkTo = (server: Server, id: string, query = "") =>
  `${server.link}#/containers/Localhost/${id}/stats${query}`;
const chart = (page: Page, name: string) => page.getByRole("slider", { name: `${name} over time` });
const textOf = (page: Page, name: string) => chart(page, name).getAttribute("aria-valuetext");
const queryOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1]);

/** Returns the moment of a chart's cursor, epoch s. */
async function momentAfter(page: Page, key: string): Promise<number> {
  await chart(page, "CPU").press(key);
  return Number(await chart(page, "CPU").getAttribute("aria-valuenow"));
}

/** Waits until the charts have readings of a time span, in seconds. */
async function readings(page: Page, seconds: number): Promise<void> {
  await chart(page, "CPU").waitFor();
  await eventually(`readings of ${seconds} s`, async () => {
    const first = await momentAfter(page, "Home");
    return await momentAfter(page, "End") - first >= seconds;
  });
  await chart(page, "CPU").press("Escape");
}

/** Moves the pointer to a moment of the chart of the CPU, epoch s. */
async function pointAt(page: Page, moment: number): Promise<void> {
  const [from, to] = await Promise.all(
    ["aria-valuemin", "aria-valuemax"].map(async (name) =>
      Number(await chart(page, "CPU").getAttribute(name))
    ),
  );
  const plot = (await chart(page, "CPU").locator(".u-over").boundingBox())!;
  const x = plot.x + plot.width * (moment - from!) / (to! - from!);
  await page.mouse.move(x, plot.y + plot.height / 2);
}

/** Returns the rows of the file that the page saves. */
async function csvOf(page: Page): Promise<readonly (readonly string[])[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  const text = await Deno.readTextFile(await file.path());
  return text.trimEnd().split("\r\n").map((row) => row.split(","));
}

browserTest("pointer and keyboard show the values of one moment in all charts", async () => {
  await using container = await startContainer(engine, uniqueName(), NO_NETWORK, BUSY);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await readings(page, 5);
  const area = (await chart(page, "CPU").boundingBox())!;
  await page.mouse.move(area.x + area.width - 20, area.y + area.height / 2);
  const times = await eventually("the time in all charts", async () => {
    const texts = await Promise.all(CHARTS.map((name) => textOf(page, name)));
    const found = texts.map((text) => /^\d\d:\d\d:\d\d/.exec(text ?? "")?.[0]);
    return found.every((time) => time !== undefined && time === found[0]) ? found : undefined;
  });
  assertEquals(times.length, 4);
  await screenshot(page, "container-charts-pointer");
  await page.mouse.move(5, 5);
  await chart(page, "Memory").focus();
  await page.keyboard.press("End");
  const last = await eventually("the last moment", () => textOf(page, "Memory"));
  await page.keyboard.press("ArrowLeft");
  await eventually("an earlier moment in both charts", async () => {
    const [memory, disk] = [await textOf(page, "Memory"), await textOf(page, "Disk")];
    return memory !== last && memory?.slice(0, 8) === disk?.slice(0, 8);
  });
});

browserTest("a zoom stays while readings arrive, and survives a reload", async () => {
  await using container = await startContainer(engine, uniqueName(), NO_NETWORK, BUSY);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await readings(page, 5);
  const area = (await chart(page, "CPU").boundingBox())!;
  const y = area.y + area.height / 2;
  await page.mouse.move(area.x + area.width - 120, y);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width - 60, y, { steps: 4 });
  await page.mouse.move(area.x + area.width - 20, y, { steps: 4 });
  await page.mouse.up();
  const reset = page.getByRole("button", { name: /Reset zoom/ });
  await reset.waitFor();
  const zoom = [queryOf(page).get("from"), queryOf(page).get("to")];
  const range = await chart(page, "CPU").getAttribute("aria-valuemin");
  const usage = page.getByText(/^CPU [\d.]+ %$/);
  for (let count = 0; count < 3; count++) {
    const before = await usage.innerText();
    await eventually("another reading", async () => await usage.innerText() !== before);
  }
  assertEquals(await chart(page, "CPU").getAttribute("aria-valuemin"), range);
  await page.reload();
  await reset.waitFor();
  assertEquals([queryOf(page).get("from"), queryOf(page).get("to")], zoom);
  assertEquals(await chart(page, "CPU").getAttribute("aria-valuemin"), range);
  await reset.click();
  await reset.waitFor({ state: "detached" });
  assertEquals(queryOf(page).get("from"), null);
});

browserTest("a pause is a gap without a value, and not zero", async () => {
  await using container = await startContainer(engine, uniqueName(), NO_NETWORK, BUSY);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await readings(page, 3);
  await docker(engine, "pause", container.id);
  await page.getByText("Not running (paused). The charts show the past.").waitFor();
  const pausedAt = Date.now();
  await eventually("a pause that is longer than a gap", () => Date.now() - pausedAt > 7000);
  await docker(engine, "unpause", container.id);
  const middle = await eventually("the gap", async () => {
    let later = await momentAfter(page, "End");
    for (let step = 0; step < 60; step++) {
      const earlier = await momentAfter(page, "ArrowLeft");
      if (later - earlier > 5) return (later + earlier) / 2;
      later = earlier;
    }
    return undefined;
  });
  await eventually("no value", async () => {
    // The gap moves to the left with the time.
    await pointAt(page, middle);
    return (await textOf(page, "CPU"))?.endsWith("CPU no data");
  });
  await screenshot(page, "container-charts-gap");
});

browserTest("compares containers, marks a restart, and saves values and picture", async () => {
  const names = [uniqueName(), uniqueName()] as const;
  await using first = await startContainer(engine, names[0], NO_NETWORK, BUSY);
  await using _second = await startContainer(engine, names[1], NO_NETWORK, BUSY);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, first.id));
  await chart(page, "CPU").waitFor();
  await docker(engine, "restart", "-t", "0", first.id);
  await page.getByRole("region", { name: "Events" }).getByText("Restarted").waitFor();
  await page.getByRole("button", { name: "Compare…" }).click();
  await page.getByLabel("Find a container").fill(names[1]);
  await page.getByRole("menuitemcheckbox", { name: names[1] }).click();
  await page.keyboard.press("Escape");
  await eventually("both values", async () => {
    const text = await textOf(page, "CPU") ?? "";
    return names.every((name) => new RegExp(`${name} \\d`).test(text));
  });
  await screenshot(page, "container-charts-compared");
  const rows = await csvOf(page);
  assertEquals([...new Set(rows.slice(1).map(([, , name]) => name))].sort(), [...names].sort());
  assertEquals(rows.slice(1).every((row) => !row.includes("NaN")), true);
  const [picture] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "PNG" }).click(),
  ]);
  const bytes = await Deno.readFile(await picture.path());
  assertEquals(new TextDecoder().decode(bytes.slice(1, 4)), "PNG");
  assert(bytes.length > 10_000, `${bytes.length} bytes`);
});

browserTest("without the token the charts explain what is missing", async () => {
  await using container = await startContainer(engine, uniqueName(), NO_NETWORK, BUSY);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.url}/#/containers/Localhost/${container.id}/stats?range=24h`);
  await page.getByText("More than 10 minutes of history need the token. Sign in to see them.").waitFor();
  await eventually("a value", async () => /CPU \d/.test(await textOf(page, "CPU") ?? ""));
});
