/** Stacks in the dashboard that never ran, that other clients change, or that are simulated. */
import type { Page } from "playwright-core";
import { serve } from "../../../server/serve.ts";
import { assertEquals } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { testConfig } from "../../client.ts";
import { assertAccessibleInThemes, browserTest, openBrowser, screenshot } from "../browser.ts";
import { realEngines, startContainer } from "../engines.ts";
import { act, call, create, projectName, serveStacks, service, services, WEB } from "../stacks.ts";
import { button, replaceText } from "./stack_controls.ts";

const [engine] = await realEngines();

const compose = (page: Page) => page.getByRole("textbox", { name: "Compose file" });
const notice = (page: Page) => page.getByRole("alert").filter({ hasText: "A newer version was saved" });

browserTest(
  "loads or overwrites a version of another window only on request, and keeps what was typed",
  async () => {
    await using project = projectName(engine);
    await using server = await serveStacks(engine);
    const stackId = await create(server, { name: project.name, compose: services(WEB), deploy: false });
    const stored = async () => (await call(server, "GET", `/stacks/${stackId}/compose`)).body.compose;
    const store = (text: string) => call(server, "PUT", `/stacks/${stackId}`, { compose: text });
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/stacks/${stackId}/edit`);
    const [ours, theirs] = [`# ours\n${services(WEB)}`, `# theirs\n${services(WEB)}`];
    await replaceText(compose(page), ours);
    await store(theirs);
    await button(page, "Save").click();
    await notice(page).waitFor();
    assertEquals(await stored(), theirs);
    await assertAccessibleInThemes(page, "stack-editor-changed-elsewhere");
    await button(page, "Load newer version").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await compose(page).getByText("# ours").waitFor();
    await button(page, "Load newer version").click();
    await page.getByRole("dialog").getByRole("button", { name: "Load" }).click();
    await compose(page).getByText("# theirs").waitFor();
    await notice(page).waitFor({ state: "detached" });
    await replaceText(compose(page), ours);
    await store(`# again\n${theirs}`);
    // No save is needed: the list shows that the stack has changed.
    await notice(page).waitFor();
    await button(page, "Keep mine").click();
    await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
    assertEquals(await stored(), ours);
  },
);

browserTest("does not offer to start, stop or restart a stack that was never deployed", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const stackId = await create(server, { name: project.name, compose: services(WEB), deploy: false });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  for (const view of ["", `/${stackId}`]) {
    await page.goto(`${server.url}/#/stacks${view}`);
    await button(page, `More actions for ${project.name}`).click();
    await page.getByRole("menuitem", { name: /^Pull/ }).waitFor();
    assertEquals(await page.getByRole("menuitem", { name: /^(Start|Stop|Restart)/ }).count(), 0);
    await page.keyboard.press("Escape");
  }
  assertEquals(await button(page, "Deploy").getAttribute("aria-disabled"), null);
});

browserTest("shows that the containers of a stack never ran, and lists them by service", async () => {
  await using project = projectName(engine);
  const { name } = project;
  const port = `127.0.0.1:${freePort()}:80`;
  await using _holder = await startContainer(engine, `${name}-holder`, ["-p", port]);
  await using server = await serveStacks(engine);
  const text = services(service("web", "exec sleep 1000", `ports: ["${port}"]`));
  const stackId = await create(server, { name, compose: text, deploy: false });
  assertEquals(await act(server, stackId, "deploy"), "failed");
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/${stackId}`);
  await page.getByText("Created", { exact: true }).first().waitFor();
  await button(page, "Show details").click();
  const step = page.getByRole("row", { name: new RegExp(`^container ${name}-web-1`) });
  await step.getByRole("cell", { name: /not finished|already|in use/ }).waitFor();
  await page.getByRole("link", { name: new RegExp(`^${name}-web-1:`) }).waitFor();
  await screenshot(page, "stack-not-started");
});

browserTest("does not offer to adopt simulated projects", async () => {
  await using server = await serve(
    testConfig([{ kind: "simulated", id: "Simulated", containers: 40, seed: 1 }]),
  );
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  await page.getByText("Simulated projects cannot be changed.").waitFor();
  assertEquals(await page.getByText("Adopt").count(), 0);
  await page.getByRole("link", { name: "blog", exact: true }).click();
  await page.getByRole("link", { name: "← All stacks" }).waitFor();
  await button(page, "More actions for blog").waitFor();
  assertEquals(await page.getByText("Adopt").count(), 0);
});
