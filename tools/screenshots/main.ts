/** `deno task screenshots` takes the pictures of the README and the extension, from a real server and engine. */
import type { Page } from "playwright-core";
import type { Server } from "../../server/serve.ts";
import { type Browser, openBrowser } from "../../tests/e2e/browser.ts";
import { realEngines } from "../../tests/e2e/engines.ts";
import { act, call, create, serveStacks, service, services } from "../../tests/e2e/stacks.ts";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
/** CSS pixels; the pictures have 2400 × 1600 pixels, as Docker recommends for extensions. */
const VIEWPORT = { width: 1200, height: 800 };
/** Time until the small charts show a minute, ms. */
const CURVES_MS = 65_000;

/** Builds a script that alternates between work and pauses, and prints a line each time. */
function worker(loops: number, rest: number): string {
  const work = `i=0; while [ $$i -lt ${loops} ]; do i=$$((i+1)); done`;
  return `while true; do ${work}; echo "request answered"; sleep ${rest}; done`;
}

const SHOP = services(
  service("web", worker(60_000, 0.3), "ports: ['127.0.0.1:18080:80']"),
  service("api", worker(300_000, 0.5)),
  service("db", worker(40_000, 0.7)),
  service("migrate", "exit 0", "restart: 'no'"),
);
const HOME = services(
  service("automation", worker(150_000, 0.4)),
  service("broker", worker(10_000, 1)),
  service("recorder", worker(90_000, 0.2)),
);

async function deployed(server: Server, name: string, compose: string): Promise<number> {
  const id = await create(server, { name, compose, deploy: false });
  await act(server, id, "deploy");
  return id;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: "disabled" });
}

async function shootContainers(browser: Browser, server: Server, theme: "light" | "dark"): Promise<Page> {
  const page = await browser.page(server.link, { theme, viewport: VIEWPORT, scale: 2 });
  await page.getByRole("link", { name: "shop-api-1" }).waitFor();
  await new Promise((resolve) => setTimeout(resolve, CURVES_MS));
  await shoot(page, `containers-${theme}`);
  return page;
}

async function shootAll(browser: Browser, server: Server, shop: number): Promise<void> {
  const [light] = await Promise.all([
    shootContainers(browser, server, "light"),
    shootContainers(browser, server, "dark"),
  ]);
  await light.getByRole("link", { name: "shop-api-1" }).click();
  await light.getByText("request answered").first().waitFor();
  await shoot(light, "details-light");
  await call(server, "POST", `/stacks/${shop}/restart`);
  await light.goto(`${server.url}/#/stacks/${shop}`);
  await light.getByText("Restarting").first().waitFor();
  await shoot(light, "stacks-light");
}

await Deno.mkdir(FOLDER, { recursive: true });
const [engine] = await realEngines();
await using server = await serveStacks(engine);
const stacks = [await deployed(server, "home", HOME), await deployed(server, "shop", SHOP)];
try {
  await using browser = await openBrowser();
  await shootAll(browser, server, stacks[1]!);
} finally {
  for (const id of stacks) {
    await act(server, id, "cancel");
    await call(server, "DELETE", `/stacks/${id}?wait=1`);
  }
}
