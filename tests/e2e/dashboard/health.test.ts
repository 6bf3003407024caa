import type { TimelinePage } from "../../../server/protocol/past/timeline.ts";
import { eventually } from "../../assert.ts";
import { browserTest, openBrowser } from "../browser.ts";
import { realEngines, startContainer } from "../engines.ts";
import { call, serveStacks } from "../stacks.ts";

const [engine] = await realEngines();

browserTest("an unhealthy container names the time at which its health changed", async () => {
  await using server = await serveStacks(engine);
  const name = `dockstat-sick-${crypto.randomUUID().slice(0, 8)}`;
  const check = ["--health-cmd=false", "--health-interval=1s", "--health-retries=1"];
  await using _container = await startContainer(engine, name, check);
  await eventually("the event", async () => {
    const { events } = (await call(server, "GET", "/events?kind=health")).body as unknown as TimelinePage;
    return events.some((event) => event.name === name && event.state === "unhealthy");
  });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/containers?q=${name}`);
  await page.getByRole("row").filter({ hasText: name }).getByText("unhealthy", { exact: true }).waitFor();
  const more = page.getByRole("button", { name: /^\d+ more$/ });
  const problem = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem")
    .filter({ hasText: name });
  // Containers of other tests may be listed first.
  await eventually("the time", async () => {
    if (await more.count() > 0) await more.click();
    return await problem.getByText(/since \d\d:\d\d:\d\d, \d+ (s|min)/).count() > 0;
  });
});
