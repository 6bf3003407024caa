/** The page as an app: its service worker stores hashed files only, and nothing outlives the session. */
import type { Page } from "playwright-core";
import { serve } from "../../../server/serve.ts";
import { assertEquals, eventually } from "../../assert.ts";
import { testConfig } from "../../client.ts";
import { freePort } from "../../free_port.ts";
import { browserTest, openBrowser, SERVER_GONE, SIGNED_OUT, signOut } from "../browser.ts";
import { at } from "../lines_on_page.ts";

const HOSTS = [{ kind: "simulated", id: "Simulated", containers: 3, seed: 1 }] as const;

/** Waits for the worker, and loads the page under its control. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    if (navigator.serviceWorker.controller !== null) resolve();
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve());
  })`);
  await page.reload();
  await page.getByRole("row").nth(1).waitFor();
}

/** Returns what the browser stores: paths of cached files, scopes of workers, and keys of its storages. */
function stored(page: Page): Promise<readonly (readonly string[])[]> {
  return page.evaluate(`(async () => {
    const paths = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        paths.push(new URL(request.url).pathname + (request.headers.has("authorization") ? " with a token" : ""));
      }
    }
    const workers = (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname);
    return [paths, workers, [...Object.keys(localStorage), ...Object.keys(sessionStorage)]];
  })()`);
}

for (const basePath of ["", "/dockstat"]) {
  const place = basePath === "" ? "at the root" : "under a path";
  browserTest(
    `the installed page ${place} stores hashed files only, and nothing after signing out`,
    async () => {
      const listen = { host: "127.0.0.1", port: 0, socket: undefined, basePath };
      await using server = await serve(testConfig([...HOSTS], { listen }));
      await using browser = await openBrowser();
      const page = await browser.page(server.link, { mayLog: SIGNED_OUT });
      await installed(page);
      const [files, workers] = await eventually("stored files", async () => {
        const found = await stored(page);
        return found[0]!.length > 5 ? found : undefined;
      });
      assertEquals(
        files!.filter((path) => !/^(\/dockstat)?\/assets\/[\w.-]+-[\w-]{8}\.(js|css|woff2)$/.test(path)),
        [],
      );
      assertEquals(workers, [`${basePath}/`]);
      await signOut(page);
      await eventually("an empty storage", async () => {
        const [files, workers] = await stored(page);
        return files!.length === 0 && workers!.length === 0;
      });
    },
  );
}

browserTest("the installed page opens without a connection, and returns with it", async () => {
  const listen = at(freePort());
  const server = await serve(testConfig([...HOSTS], { listen }));
  await using browser = await openBrowser();
  const page = await browser.page(server.link, { mayLog: new RegExp(`${SERVER_GONE.source}|401`) });
  await installed(page);
  await server[Symbol.asyncDispose]();
  await page.reload();
  await page.getByRole("heading", { name: "Cannot reach DockStat" }).waitFor();
  await using _next = await serve(testConfig([...HOSTS], { listen }));
  await page.getByRole("navigation").waitFor();
});
