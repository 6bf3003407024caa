/** The page of images, volumes and networks in a real browser, on a real engine. */
import { type Page } from "playwright-core";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { docker, type RealEngine, realEngines } from "../engines.ts";
import { serveStacks } from "../stacks.ts";

const LOOKS = [
  ["light", { theme: "light" }],
  ["dark", { theme: "dark" }],
  ["phone", { theme: "light", viewport: { width: 390, height: 844 } }],
] as const;

/** Creates a volume and a network with one name that no other test has. */
async function createResources(engine: RealEngine) {
  const name = `dockstat-ui-${crypto.randomUUID().slice(0, 8)}`;
  for (const kind of ["volume", "network"]) await docker(engine, kind, "create", name);
  return {
    name,
    async [Symbol.asyncDispose]() {
      for (const kind of ["volume", "network"]) await tryRun("docker", ["-H", engine.url, kind, "rm", name]);
    },
  };
}

/** Checks the lists and the dialog that removes what is not used, without a removal. */
async function checkViews(page: Page, look: string, name: string): Promise<void> {
  for (const view of ["images", "volumes", "networks"]) {
    await page.getByRole("link", { name: new RegExp(`^${view}$`, "i") }).click();
    await page.getByRole("table").waitFor();
    await assertAccessible(page);
    await screenshot(page, `resources-${view}-${look}`);
  }
  assertEquals(await overflow(page), 0);
  await page.getByRole("button", { name: "Clean up" }).click();
  const dialog = page.getByRole("dialog", { name: "Clean up" });
  await dialog.getByRole("checkbox", { name: new RegExp(name) }).last().waitFor();
  const volumes = dialog.getByRole("region", { name: "Unused volumes" });
  assertEquals(await volumes.getByRole("checkbox", { checked: true }).count(), 0);
  await dialog.getByText("This cannot be undone.").waitFor();
  await assertAccessible(page);
  await screenshot(page, `cleanup-${look}`);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Returns the number of pixels by which the page is wider than its window. */
async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
}

browserTest("images, volumes and networks", async () => {
  const [engine] = await realEngines();
  await using resources = await createResources(engine);
  const { name } = resources;
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  for (const [look, options] of LOOKS) {
    const page = await browser.page(`${server.link}#/resources/images`, options);
    await checkViews(page, look, name);
    if (look !== "light") await page.context().close();
  }

  const page = await browser.page(`${server.link}#/resources/volumes?q=${name}`);
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByRole("cell", { name: "Unused" }).waitFor();
  await row.getByRole("button", { name: `Remove ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Remove volume “${name}”?` });
  await dialog.getByText("This cannot be undone.").waitFor();
  await assertAccessible(page);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await row.waitFor({ state: "detached" });
  const volumes = async () => (await docker(engine, "volume", "ls", "-q")).split("\n");
  await eventually("the end of the volume", async () => !(await volumes()).includes(name));
  const networks = await docker(engine, "network", "ls", "--format", "{{.Name}}");
  assert(networks.split("\n").includes(name));
});
