/** Recovery of an open page from a server that is killed during a deployment. */
import { freePort } from "../../free_port.ts";
import { freshFolder, TOKEN } from "../../client.ts";
import { startProgram } from "../../program.ts";
import { browserTest, openBrowser, SERVER_GONE } from "../browser.ts";
import { realEngines } from "../engines.ts";
import { create, projectName, service, services, up, WEB } from "../stacks.ts";
import { replaceText } from "./stack_controls.ts";

const [engine] = await realEngines();

browserTest(
  "shows what was interrupted when the server was killed and restarted",
  async () => {
    await using project = projectName(engine);
    const { name } = project;
    const depends = "depends_on: { first: { condition: service_completed_successfully } }";
    const slow = services(service("first", "exec sleep 1000"), service("web", "exec sleep 1000", depends));
    const args = ["serve", "--port", String(freePort()), "--data", freshFolder(), "--token", TOKEN];
    await using browser = await openBrowser();
    await using first = startProgram(args, { DOCKER_HOST: engine.url });
    const url = await first.url();
    await up({ url });
    const page = await browser.page(`${url}/#token=${TOKEN}#/stacks`, { mayLog: SERVER_GONE });
    const stackId = await create({ url }, { name, compose: slow });
    await page.getByRole("link", { name }).click();
    await page.getByRole("cell", { name: "Waiting" }).waitFor();
    first.kill("SIGKILL");
    await page.getByRole("alert").getByText(/^Stacks: disconnected, last update/).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    const unreachable = page.getByRole("alert").getByText(/Cannot reach DockStat/);
    await unreachable.waitFor();
    await using second = startProgram(args, { DOCKER_HOST: engine.url });
    await second.url();
    await page.getByRole("alert").getByText(/^Deploy interrupted/).waitFor();
    await unreachable.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Show details" }).click();
    await page.getByRole("cell", { name: "Waiting: not finished" }).waitFor();
    await page.goto(`${url}/#/stacks/${stackId}/edit`);
    await replaceText(page.getByRole("textbox", { name: "Compose file" }), services(WEB));
    await page.getByRole("button", { name: "Save and deploy" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deploy" }).click();
    await page.getByRole("row", { name: /^web .*Running/ }).waitFor();
  },
);
