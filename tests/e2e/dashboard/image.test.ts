/** The page from the image, against the container that Docker Desktop would run. */
import { assertNotEquals, eventually } from "../../assert.ts";
import { run } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { openDesktopPage, Service } from "../desktop.ts";
import { docker, type RealEngine, realEngines, startContainer } from "../engines.ts";
import { buildImage } from "../image.ts";
import { startExtension } from "../image_runs.ts";

const [engine] = await realEngines();

/** Copies the page out of an image, as Desktop does, and returns its URL. */
async function pageOf(engine: RealEngine, image: string, folder: string): Promise<string> {
  const container = await docker(engine, "create", image);
  await docker(engine, "cp", `${container}:/dockstat/dist/ui`, folder);
  await docker(engine, "rm", container);
  return `file://${folder}/index.html`;
}

/** Returns the published port of a container. */
function portOf(container: string): Promise<string> {
  return docker(engine, "port", container, "9876/tcp");
}

browserTest(
  "the page from the image reconnects after its container restarts on another port",
  async () => {
    const image = await buildImage(engine);
    using folder = temporaryFolder({});
    const file = await pageOf(engine, image, folder.path("ui"));
    await using extension = await startExtension(engine, image);
    const name = `dockstat-image-${crypto.randomUUID().slice(0, 8)}`;
    await using _container = await startContainer(engine, name);
    using service = new Service(extension.socket);
    await using browser = await openBrowser();
    await using tab = await openDesktopPage(browser, service, { file, theme: "dark", mayLog: /WebSocket/ });
    await tab.page.getByRole("searchbox").fill(name);
    await tab.page.getByRole("row").filter({ hasText: name }).waitFor();
    await tab.page.getByText("Stacks: live").waitFor();
    await assertAccessible(tab.page);
    await screenshot(tab.page, "image-dark");

    const before = await portOf(extension.container);
    await run("docker", ["-H", engine.url, "restart", "--time", "5", extension.container]);
    const after = await eventually("the port", () => portOf(extension.container).catch(() => undefined));
    assertNotEquals(after, before);
    await tab.page.getByText("Statistics: live").waitFor();
    await tab.page.getByText(/disconnected, last update/).first().waitFor({ state: "detached" });
    await tab.page.getByRole("row").filter({ hasText: name }).waitFor();
  },
);
