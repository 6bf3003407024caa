/** Stacks in the dashboard, in a real browser and with a real engine. */
import type { Page } from "playwright-core";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { run } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { assertAccessibleInThemes, browserTest, openBrowser } from "../browser.ts";
import { docker, realEngines, startContainer } from "../engines.ts";
import { adopt, button, choose, confirm, replaceText } from "./stack_controls.ts";
import { call, create, projectName, serveStacks, service, services, statesOf, WEB } from "../stacks.ts";

const [engine] = await realEngines();
const DEPENDS = "depends_on: { first: { condition: service_completed_successfully } }";
/** Its deployment runs until the file exists. */
const SLOW = services(
  service("first", "while ! test -e /go; do sleep 0.1; done"),
  service("web", "exec sleep 1000", DEPENDS),
);
const FAILING = services(service("first", "exit 3"), service("web", "exec sleep 1000", DEPENDS));

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const progress = (page: Page) => page.getByRole("region", { name: "Progress" });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: link(page, name) });

/** The rows of the progress, each as "resource: state". */
async function steps(page: Page): Promise<string[]> {
  const rows = await progress(page).getByRole("row").all();
  return await Promise.all(
    rows.slice(1).map(async (row) => {
      const name = await row.getByRole("rowheader").innerText();
      return `${name}: ${await row.getByRole("cell").first().innerText()}`;
    }),
  );
}

browserTest("creates, deploys, fixes and removes a stack through the page", async () => {
  await using project = projectName(engine);
  const { name } = project;
  const port = `127.0.0.1:${freePort()}:80`;
  await using _holder = await startContainer(engine, `${name}-holder`, ["-p", port]);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  await button(page, "New stack").click();
  await page.getByLabel("Name").fill(name);
  const editor = page.getByRole("textbox", { name: "Compose file" });
  await replaceText(editor, services(service("web", "exec sleep 1000", `ports: ["${port}"]`)));
  await page.getByText(`is taken by container "${name}-holder"`).waitFor();
  await button(page, "Create and deploy").click();
  await page.getByRole("dialog").getByText(`is taken by container "${name}-holder"`).waitFor();
  await confirm(page);
  await heading(page, name).waitFor();
  await page.getByRole("alert").getByText(/Deploy failed/).waitFor();
  await page.getByRole("alert").getByText(`is in use by container "${name}-holder"`).waitFor();
  await page.getByRole("link", { name: /^Line \d+ of the Compose file/ }).click();
  await replaceText(editor, services(WEB));
  await page.getByText("Valid · 1 service: web").waitFor();
  await button(page, "Save and deploy").click();
  await confirm(page);
  await progress(page).getByRole("heading", { name: "Deployed" }).waitFor();
  assertEquals(await statesOf(engine, name), ["running"]);
  await page.getByRole("row", { name: /^web .*Running/ }).waitFor();
  assertEquals(await page.getByRole("alert").count(), 0);
  await button(page, "Restart web").click();
  await progress(page).getByRole("heading", { name: "Restarted web" }).waitFor();
  await choose(page, name, "Remove");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await heading(page, name).waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Stack removed" }).waitFor();
  assertEquals(await statesOf(engine, name), []);
});

browserTest(
  "shows progress after a reload and in a second page, and a cancel in both",
  async () => {
    await using project = projectName(engine);
    const { name } = project;
    await using server = await serveStacks(engine);
    const stackId = await create(server, { name, compose: SLOW });
    await using browser = await openBrowser();
    const address = `${server.link}#/stacks/${stackId}`;
    const page = await browser.page(address);
    const waiting = (page: Page) =>
      eventually("the step", async () => (await steps(page)).includes(`container ${name}-first-1: Waiting`));
    await waiting(page);
    const before = await steps(page);
    assert(before.includes(`network ${name}_default: Created`), before.join("\n"));
    const shows = (page: Page) =>
      eventually("the same steps", async () => (await steps(page)).join() === before.join());
    await page.reload();
    await shows(page);
    const second = await browser.page(address);
    await shows(second);
    assertEquals(await button(page, `More actions for ${name}`).getAttribute("aria-disabled"), "true");
    await button(second, "Cancel").click();
    for (const viewer of [page, second]) {
      await progress(viewer).getByRole("heading", { name: "Deploying: cancelled" }).waitFor();
      const last = `container ${name}-first-1: Waiting: not finished`;
      await eventually("the step that did not finish", async () => (await steps(viewer)).includes(last));
    }
    await choose(page, name, "Stop");
    await progress(page).getByRole("heading", { name: "Stopped" }).waitFor();
  },
);

browserTest("shows running and failed operations in the list until one succeeds", async () => {
  await using project = projectName(engine);
  const { name } = project;
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  const stackId = await create(server, { name, compose: SLOW });
  await row(page, name).getByText(/^Deploying, \d/).waitFor();
  await row(page, name).getByText(`Waiting container ${name}-first-1`).waitFor();
  await docker(engine, "exec", `${name}-first-1`, "sh", "-c", "echo > /go");
  await row(page, name).getByText("1 running, 1 completed").waitFor();
  await call(server, "PUT", `/stacks/${stackId}`, { compose: FAILING, deploy: true });
  await row(page, name).getByText(/^Deploy failed, /).waitFor();
  await call(server, "PUT", `/stacks/${stackId}`, { compose: services(WEB), deploy: true });
  await row(page, name).getByText(/^Deployed, /).waitFor();
});

browserTest("lists each operation with its output and Compose's error", async () => {
  await using project = projectName(engine);
  const { name } = project;
  await using server = await serveStacks(engine);
  const stackId = await create(server, { name, compose: FAILING });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/${stackId}`);
  const error = page.getByText(`service "first" didn't complete successfully: exit 3`, { exact: true });
  await page.getByText('Service "first" ended with an error, and other services wait').waitFor();
  await page.getByRole("link", { name: `Open ${name}-first-1` }).waitFor();
  assertEquals(await error.count(), 0);
  await button(page, "Show Compose output").first().click();
  await eventually("the error, once", async () => await error.count() === 1);
  await page.getByRole("button", { name: /^Deploy Failed/ }).click();
  const output = page.getByRole("list", { name: /^Output of operation/ });
  await output.getByText(`Created network ${name}_default`).waitFor();
  await button(page, "Show Compose output").last().click();
  const printed = page.getByRole("group", { name: /^Compose output of operation/ });
  await printed.or(page.getByText(/^Compose and its builds printed nothing/)).waitFor();
  await choose(page, name, "Stop");
  await page.getByRole("button", { name: /^Stop Succeeded/ }).waitFor();
});

browserTest("stops, starts and adopts a project that DockStat did not create", async () => {
  await using project = projectName(engine);
  const { name } = project;
  using folder = temporaryFolder({ "compose.yaml": services(WEB) });
  await run("docker", ["-H", engine.url, "compose", "-p", name, "up", "-d"], { cwd: folder.path("") });
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  await choose(page, name, "Stop");
  await row(page, name).getByText("Stopped", { exact: true }).waitFor();
  await choose(page, name, "Start");
  await row(page, name).getByText("Running", { exact: true }).waitFor();
  await link(page, name).click();
  await heading(page, name).waitFor();
  await adopt(page);
  await button(page, "Edit").waitFor();
  assertEquals(await statesOf(engine, name), ["running"]);
});

browserTest("removes volumes only on request", async () => {
  await using project = projectName(engine);
  const { name } = project;
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const compose = `${
    services(service("web", "exec sleep 1000", "volumes: [kept:/kept]"))
  }volumes: { kept: {} }\n`;
  const volumes = () => docker(engine, "volume", "ls", "-q", "--filter", `name=${name}_kept`);
  const page = await browser.page(server.link);
  for (const [isRequested, remaining] of [[false, `${name}_kept`], [true, ""]] as const) {
    const stackId = await create(server, { name, compose });
    await page.goto(`${server.url}/#/stacks/${stackId}`);
    await progress(page).getByRole("heading", { name: "Deployed" }).waitFor();
    await choose(page, name, "Remove");
    const removed = page.getByRole("region", { name: "Will be removed" });
    await removed.getByText(`${name}-web-1`).waitFor();
    if (isRequested) {
      await page.getByLabel("Also remove the volumes").check();
      await removed.getByText(`${name}_kept`).waitFor();
    }
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByRole("heading", { name: "Stack removed" }).waitFor();
    assertEquals(await volumes(), remaining);
  }
});

browserTest("disables each button without the token, and explains why", async () => {
  await using project = projectName(engine);
  const { name } = project;
  await using server = await serveStacks(engine);
  await create(server, { name, compose: services(WEB) });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.url}/#/stacks`);
  await link(page, name).click();
  for (const label of ["Edit", `More actions for ${name}`]) {
    assertEquals(await button(page, label).getAttribute("aria-disabled"), "true", label);
  }
  await button(page, "Edit").hover();
  await page.getByRole("tooltip").getByText(/token/).waitFor();
  assertEquals(await page.getByRole("dialog").count(), 0);
});

browserTest("passes axe with stacks in both themes", async () => {
  await using project = projectName(engine);
  await using other = projectName(engine);
  await using server = await serveStacks(engine);
  const stackId = await create(server, { name: project.name, compose: FAILING });
  const slowId = await create(server, { name: other.name, compose: SLOW });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  await row(page, project.name).getByText(/^Deploy failed, /).waitFor();
  await row(page, other.name).getByText(/^Deploying, \d/).waitFor();
  await assertAccessibleInThemes(page, "stacks");
  await page.goto(`${server.url}/#/stacks/${stackId}`);
  await page.getByRole("button", { name: /^Deploy Failed/ }).click();
  await page.getByRole("list", { name: /^Output of operation/ }).waitFor();
  await assertAccessibleInThemes(page, "stack-failed");
  await page.goto(`${server.url}/#/stacks/${slowId}`);
  await button(page, "Cancel").waitFor();
  await assertAccessibleInThemes(page, "stack-deploying");
  await button(page, "Cancel").click();
  await button(page, "Deploy").click();
  await page.getByRole("dialog").getByRole("region", { name: "Services" }).waitFor();
  await assertAccessibleInThemes(page, "stack-plan");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await choose(page, other.name, "Remove");
  await page.getByRole("dialog").waitFor();
  await assertAccessibleInThemes(page, "stack-remove");
});
