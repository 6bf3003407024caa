/** Files of stacks in the editor of the dashboard: an uploaded folder, and the drafts of their tabs. */
import type { Page } from "playwright-core";
import { assertEquals, eventually } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { assertAccessible, browserTest, openBrowser, screenshot } from "../browser.ts";
import { realEngines } from "../engines.ts";
import { call, create, projectName, serveStacks, service, services, WEB } from "../stacks.ts";
import { button, replaceText } from "../dashboard/stack_controls.ts";

const [engine] = await realEngines();
const WITH_FILE = services(service("web", "exec sleep 1000", "env_file: conf/app.env"));
const PHONE = { width: 390, height: 844 } as const;

const tab = (page: Page, name: RegExp) => page.getByRole("tab", { name });

browserTest("opens a folder, and keeps its files as drafts until the stack is created", async () => {
  using folder = temporaryFolder({
    "compose.yaml": WITH_FILE,
    ".env": "A=1\n",
    "conf/app.env": "B=2\n",
    "old.zip": "PK",
  });
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/new`);
  await button(page, "Open folder").click();
  await page.getByLabel("Folder to open").setInputFiles(folder.path(""));
  await page.getByText("3 files used, 1 left out").waitFor();
  await page.getByText("Archives are not unpacked.").waitFor();
  assertEquals((await call(server, "GET", "/stacks/draft")).body.files, []);
  await button(page, "Use this folder").click();
  await page.getByLabel("Name").fill(project.name);
  await page.getByText("Valid · 1 service: web").waitFor();
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await tab(page, /conf\/app\.env/).click();
  await page.getByRole("textbox", { name: "conf/app.env" }).getByText("B=2").waitFor();
  await button(page, "Create").click();
  await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
  const id = page.url().replace(/.*\//, "");
  assertEquals((await call(server, "GET", `/stacks/${id}/compose`)).body, {
    compose: WITH_FILE,
    env: "A=1\n",
  });
  const { body } = await call(server, "GET", `/stacks/${id}/files`);
  assertEquals(body.map((file: { path: string; size: number }) => [file.path, file.size]), [[
    "conf/app.env",
    4,
  ]]);
  await eventually(
    "the end of the draft",
    async () => (await call(server, "GET", "/stacks/draft")).body.files.length === 0,
  );
});

browserTest("keeps the draft of a file through a reload, and discards it", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const id = await create(server, { name: project.name, compose: services(WEB), deploy: false });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/${id}/edit`);
  await button(page, "Add file").click();
  await page.getByLabel("Path").fill("conf/app.env");
  await button(page, "Add").click();
  await replaceText(page.getByRole("textbox", { name: "conf/app.env" }), "B=2");
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await page.getByText("These are your unsaved changes.").waitFor();
  await tab(page, /conf\/app\.env.*not saved/).click();
  await page.getByRole("textbox", { name: "conf/app.env" }).getByText("B=2").waitFor();
  await button(page, "Discard changes").click();
  await eventually("the tab to close", async () => await tab(page, /conf\/app\.env/).count() === 0);
  await eventually(
    "the discard",
    async () => (await call(server, "GET", `/stacks/${id}/draft`)).body.files.length === 0,
  );
});

for (const theme of ["light", "dark"] as const) {
  browserTest(`fits a phone in the ${theme} theme, with large targets`, async () => {
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/stacks/new`, { theme, viewport: PHONE });
    await button(page, "Templates").click();
    await page.getByRole("searchbox", { name: "Search templates" }).waitFor();
    await assertFits(page, `stack-templates-phone-${theme}`);
    await page.getByRole("button", { name: /^Nginx/ }).click();
    await page.getByText("Valid · 1 service: web").waitFor();
    await assertFits(page, `stack-new-phone-${theme}`);
    await button(page, "Create and deploy").click();
    await page.getByRole("dialog").getByText("web", { exact: true }).first().waitFor();
    await assertFits(page, `stack-deploy-phone-${theme}`);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await button(page, "Add file").click();
    await assertFits(page, `stack-add-file-phone-${theme}`);
  });
}

/** Script that lists what is wider than the page, and the controls of the main part that are lower than 40 px. */
const MISFITS = `(() => {
  const root = document.querySelector("[role=dialog]") ?? document.querySelector("main");
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is " + document.documentElement.scrollWidth + " px wide"] : [];
  const controls = [...root.querySelectorAll("button, [role=tab], [role=button], .MuiInputBase-root")];
  const low = controls.filter((one) => !one.closest(".cm-editor") && one.checkVisibility()
    && !one.matches(".MuiLink-root, .MuiTabScrollButton-root") && one.getBoundingClientRect().height < 39.5);
  return [...wide, ...low.map((one) => (one.textContent || one.ariaLabel || one.className) + ": " + one.getBoundingClientRect().height)];
})()`;

async function assertFits(page: Page, name: string): Promise<void> {
  await assertAccessible(page);
  await screenshot(page, name);
  assertEquals(await page.evaluate(MISFITS), []);
}
