/** What the dashboard says of stacks that never ran, that others change, and that are simulated. */
import type { Page } from "playwright-core";
import { serve } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "./browser.ts";
import { realEngines, startContainer } from "./engines.ts";
import { act, call, create, freePort, projectName, serveStacks, service, services, WEB } from "./stacks.ts";

const [engine] = await realEngines();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const compose = (page: Page) => page.getByRole("textbox", { name: "Compose file" });
const notice = (page: Page) =>
  page.getByRole("alert").filter({ hasText: "This stack was changed elsewhere since you opened it" });

browserTest(
  "what another window has saved is loaded or overwritten only when that is said, and nothing typed is lost",
  async () => {
    await using project = projectName(engine);
    await using server = await serveStacks(engine);
    const stackId = await create(server, { name: project.name, compose: services(WEB), deploy: false });
    const stored = async () => (await call(server, "GET", `/stacks/${stackId}/compose`)).body.compose;
    const store = (text: string) => call(server, "PUT", `/stacks/${stackId}`, { compose: text });
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/stacks/${stackId}/edit`);
    const [ours, theirs] = [`# ours\n${services(WEB)}`, `# theirs\n${services(WEB)}`];
    await compose(page).fill(ours);
    await store(theirs);
    await button(page, "Save only").click();
    await notice(page).waitFor();
    assertEquals(await stored(), theirs);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page);
      await screenshot(page, `stack-editor-changed-elsewhere-${colorScheme}`);
    }
    await button(page, "Load what is stored").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await compose(page).getByText("# ours").waitFor();
    await button(page, "Load what is stored").click();
    await page.getByRole("dialog").getByRole("button", { name: "Load" }).click();
    await compose(page).getByText("# theirs").waitFor();
    await notice(page).waitFor({ state: "detached" });
    await compose(page).fill(ours);
    await store(`# again\n${theirs}`);
    // Nobody saves: the list tells of the change.
    await notice(page).waitFor();
    await button(page, "Overwrite it").click();
    await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
    assertEquals(await stored(), ours);
  },
);

browserTest("a stack that was never deployed is not started, stopped or restarted", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const stackId = await create(server, { name: project.name, compose: services(WEB), deploy: false });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  const disabled = (name: string) =>
    eventually(
      `${name} to be refused`,
      async () => await button(page, name).getAttribute("aria-disabled") === "true",
    );
  for (const word of ["Start", "Stop", "Restart"]) await disabled(`${word} ${project.name}`);
  await page.goto(`${server.url}/#/stacks/${stackId}`);
  for (const word of ["Start", "Stop", "Restart"]) await disabled(word);
  await button(page, "Restart").hover();
  await page.getByRole("tooltip").getByText("It has no containers yet: deploy it first.").waitFor();
  assertEquals(await button(page, "Deploy").getAttribute("aria-disabled"), null);
});

browserTest("a stack whose containers never ran says so, and names each by its service", async () => {
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
  await page.getByText("Not started", { exact: true }).waitFor();
  const step = page.getByRole("row", { name: new RegExp(`^container ${name}-web-1`) });
  await step.getByRole("cell", { name: /not finished|already|in use/ }).waitFor();
  await page.getByRole("link", { name: /^web \([0-9a-f]{12}\)/ }).waitFor();
  await screenshot(page, "stack-not-started");
});

browserTest("a demo invites nobody to adopt what is simulated", async () => {
  await using server = await serve(
    testConfig([{ kind: "simulated", id: "Simulated", containers: 40, seed: 1 }]),
  );
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`);
  await page.getByText("These are simulated, and nothing can be done to them.").waitFor();
  assertEquals(await page.getByText("Adopt").count(), 0);
  await page.getByRole("link", { name: "blog", exact: true }).click();
  await page.getByRole("link", { name: "← All stacks" }).waitFor();
  await button(page, "Stop").waitFor();
  assertEquals(await page.getByText("Adopt").count(), 0);
});
