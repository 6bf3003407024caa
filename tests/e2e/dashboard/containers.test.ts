import type { Page } from "playwright-core";
import { serve } from "../../../server/serve.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { testConfig, TOKEN } from "../../client.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { startProgram } from "../../program.ts";
import {
  assertAccessible,
  assertAccessibleInThemes,
  browserTest,
  openBrowser,
  screenshot,
  SERVER_GONE,
  SIGNED_OUT,
  signOut,
} from "../browser.ts";
import { realEngines, startContainer } from "../engines.ts";
import { call, serveStacks } from "../stacks.ts";

const [engine] = await realEngines();
const BUSY = ["sh", "-c", "while true; do :; done"];

/** Returns a unique container name. */
function uniqueName(): string {
  return `dockstat-ui-${crypto.randomUUID().slice(0, 8)}`;
}

/** Returns a link to the list with one container, which may be out of view among those of other tests. */
function linkTo(link: string, name: string): string {
  return `${link}#/containers?q=${name}`;
}

/** Returns a container's row in the table. */
function line(page: Page, name: string) {
  return page.getByRole("row").filter({ hasText: name });
}

browserTest(
  "shows a started container with its usage, and drops it when it is removed",
  async () => {
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const name = uniqueName();
    const page = await browser.page(linkTo(server.link, name));
    {
      await using _container = await startContainer(engine, name, [], BUSY);
      await line(page, name).waitFor();
      await eventually("a number of docker stats", async () => {
        const cells = await line(page, name).getByRole("cell").allInnerTexts();
        return cells.some((text) => /^\d\d[\d.]* %$/.test(text.trim()));
      });
    }
    await line(page, name).waitFor({ state: "detached" });
  },
);

browserTest("the list and the page of a container pass axe in both themes", async () => {
  await using server = await serveStacks(engine);
  const name = uniqueName();
  await using _container = await startContainer(engine, name, [], BUSY);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server.link, name));
  await line(page, name).waitFor();
  await assertAccessibleInThemes(page, "containers");
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByRole("log").waitFor();
  await assertAccessibleInThemes(page, "container");
});

browserTest("a slash focuses the search, which filters by name, and Escape clears it", async () => {
  await using server = await serve(
    testConfig([{ kind: "simulated", id: "Simulated", containers: 40, seed: 1 }]),
  );
  await using browser = await openBrowser();
  const page = await browser.page(server.link);
  await line(page, "blog-api-1").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("blog-api-1");
  await line(page, "blog-web-1").waitFor({ state: "detached" });
  assertEquals(await line(page, "blog-api-1").count(), 1);
  await page.keyboard.press("Escape");
  await line(page, "blog-web-1").waitFor();
});

browserTest("keeps columns, density and grouping after a reload", async () => {
  await using server = await serve(
    testConfig([{ kind: "simulated", id: "Simulated", containers: 40, seed: 1 }]),
  );
  await using browser = await openBrowser();
  const page = await browser.page(server.link);
  await line(page, "blog-api-1").waitFor();
  await page.getByRole("button", { name: "CPU", exact: true }).click();
  await page.getByRole("button", { name: "View" }).click();
  for (const name of ["PIDs", "Compact rows", "Group by stack"]) {
    await page.getByRole("menuitemcheckbox", { name }).click();
  }
  await assertAccessible(page);
  await page.goto(server.url);
  await page.getByRole("columnheader", { name: "CPU" }).waitFor();
  assertEquals(await page.getByRole("columnheader", { name: "CPU" }).getAttribute("aria-sort"), "descending");
  assertEquals(await page.getByRole("columnheader", { name: "PIDs" }).count(), 0);
  assertEquals(await page.getByRole("button", { name: "blog", exact: true }).count(), 0);
  assertEquals((await line(page, "blog-api-1").boundingBox())?.height, 26);
});

browserTest("explains view-only access and signs in with the token", async () => {
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(server.url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Token").fill(TOKEN);
  await page.keyboard.press("Enter");
  await page.getByRole("banner").getByRole("button", { name: "Sign in" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  await page.keyboard.press("Escape");
  assertEquals(await page.context().cookies(), []);
  await page.getByRole("columnheader", { name: "Name" }).or(page.getByText("No containers yet")).first()
    .waitFor();
  assert(!page.url().includes(TOKEN));
});

browserTest("signing out ends the session, and leaves nothing in the browser", async () => {
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(server.link, { mayLog: SIGNED_OUT });
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Group by stack" }).click();
  await page.keyboard.press("Escape");
  await eventually("stored settings", () => page.evaluate<boolean>("localStorage.length > 1"));
  const sessions = async () => (await call(server, "GET", "/sessions")).body.length;
  const before = await sessions();
  await signOut(page);
  assertEquals(await page.evaluate("[localStorage.length, sessionStorage.length]"), [0, 0]);
  assertEquals(await sessions(), before - 1);
});

browserTest("names an unreachable host with its error and a hint", async () => {
  const host = { kind: "docker" as const, id: "nas", endpoint: { url: "unix:///nowhere/docker.sock" } };
  await using server = await serve(testConfig([host]));
  await using browser = await openBrowser();
  const page = await browser.page(server.link);
  const problem = page.getByRole("region", { name: "Needs attention" });
  await problem.getByText("not reachable").waitFor();
  assertStringIncludes(await problem.innerText(), "/nowhere/docker.sock");
  await page.getByText("No Docker host is reachable").waitFor();
  await assertAccessible(page);
});

browserTest(
  "shows since when a killed server is disconnected, and reconnects on the same page",
  async () => {
    const name = uniqueName();
    await using _container = await startContainer(engine, name);
    using data = temporaryFolder({});
    const args = ["--port", String(freePort()), "--data", data.path("data"), "--token", TOKEN];
    const env = { DOCKER_HOST: engine.url };
    await using browser = await openBrowser();
    let page: Page;
    {
      await using first = startProgram(args, env);
      page = await browser.page(linkTo(`${await first.url()}/#token=${TOKEN}`, name), {
        mayLog: SERVER_GONE,
      });
      await line(page, name).waitFor();
    }
    await page.getByText(/Statistics: disconnected, last update [\d:]+\. Reconnecting in \d+ s\./).waitFor();
    await screenshot(page, "disconnected");
    await using second = startProgram(args, env);
    await second.url();
    await page.getByText(/disconnected, last update/).first().waitFor({ state: "detached" });
    await line(page, name).waitFor();
  },
);
