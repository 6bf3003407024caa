/** The editor of stacks in the dashboard, in a real browser and checked by Compose. */
import type { Locator, Page } from "playwright-core";
import { assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { assertAccessibleInThemes, browserTest, openBrowser } from "../browser.ts";
import { realEngines } from "../engines.ts";
import { call, create, projectName, serveStacks, service, services, WEB } from "../stacks.ts";
import { button, replaceText } from "./stack_controls.ts";

const [engine] = await realEngines();
/** Browsers log the refusal of an invalid file or of a name in use as an error. */
const REFUSED = { mayLog: /status of (422|409)/ };

const compose = (page: Page) => page.getByRole("textbox", { name: "Compose file" });
const env = (page: Page) => page.getByRole("textbox", { name: /^Environment/ });
const tab = (page: Page, name: string | RegExp) => page.getByRole("tab", { name });

/** Lines of the editor. */
const lines = (page: Page) => compose(page).locator(".cm-line").allInnerTexts();

/** Pastes a text into the focused element, as a browser does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", ${JSON.stringify(text)});
    const options = { clipboardData, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
  }`);
}

/** Waits until an element has the focus. */
const focused = (page: Page, element: Locator) => element.and(page.locator(":focus")).waitFor();

browserTest(
  "shows errors with line and column, in the text and below it, with links to them",
  async () => {
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(`${server.link}#/stacks/new`, REFUSED);
    await replaceText(compose(page), `${services(WEB)}  db:\n    image: []\n`);
    const errors = page.getByRole("list", { name: "Compose file: errors and warnings" });
    await errors.getByText(/services\.db\.image must be a string/).waitFor();
    await compose(page).locator(".cm-lintRange-error").waitFor();
    await errors.getByRole("button", { name: /^Line 7/ }).click();
    await focused(page, compose(page));
    await page.keyboard.insertText("# here ");
    await eventually(
      "the typed text",
      async () => (await lines(page)).some((line) => /^ +# here /.test(line)),
    );
    await replaceText(compose(page), services(WEB));
    await page.getByText("Valid · 1 service: web").waitFor();
    await errors.waitFor({ state: "detached" });
  },
);

browserTest("does not warn about a port that the edited stack itself uses", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const text = services(service("web", "exec sleep 1000", `ports: ["127.0.0.1:${freePort()}:80"]`));
  const stackId = await create(server, { name: project.name, compose: text, deploy: false });
  assertEquals((await call(server, "POST", `/stacks/${stackId}/deploy?wait=1`)).body.state, "succeeded");
  await eventually("a warning", async () => {
    const { body } = await call(server, "POST", "/stacks/validate", { compose: text });
    return body.warnings.length > 0;
  });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/${stackId}/edit`);
  await page.getByText("Valid · 1 service: web").waitFor();
});

browserTest("keeps typed text after a refused save, a move, a reload and a sign-out", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await create(server, { name: project.name, compose: services(WEB), deploy: false });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks`, REFUSED);
  await button(page, "New stack").click();
  await page.getByLabel("Name").fill(project.name);
  await replaceText(compose(page), services(WEB));
  await button(page, "Create").click();
  await page.getByRole("alert").getByText(`"${project.name}"`).waitFor();
  await page.getByText("Draft saved").waitFor();
  const returns = [
    async () => {
      await page.goBack();
      await button(page, "New stack").waitFor();
      await page.goForward();
    },
    () => page.reload(),
    () =>
      page.evaluate("localStorage.clear(); sessionStorage.clear()").then(() => page.goto("about:blank"))
        .then(() => page.goto(`${server.link}#/stacks/new`)),
  ];
  for (const comeBack of returns) {
    await comeBack();
    await page.getByText("These are your unsaved changes.").waitFor();
    await page.getByText("Valid · 1 service: web").waitFor();
    assertEquals(await page.getByLabel("Name").inputValue(), project.name);
  }
  const kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])";
  assertEquals(String(await page.evaluate(kept)).includes("services:"), false);
  await button(page, "Discard changes").click();
  await eventually(
    "the discard",
    async () => (await call(server, "GET", "/stacks/draft")).body.compose === null,
  );
});

browserTest("stores both files byte for byte, with their line ends and without a final one", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/new`);
  const text = `# größer\r\n${services(WEB).replaceAll("\n", "\r\n")}`;
  await page.getByLabel("Name").fill(project.name);
  await compose(page).focus();
  await paste(page, text);
  await page.getByText("CRLF line endings").waitFor();
  await tab(page, /^Environment/).click();
  await env(page).focus();
  await page.keyboard.type("A='pa$$word'");
  await page.keyboard.press("Enter");
  await paste(page, "B=1\r\nC= x ");
  await page.getByText("Valid · 1 service: web").waitFor();
  await button(page, "Create").click();
  await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
  const stored = async () => (await call(server, "GET", page.url().replace(/.*#/, "") + "/compose")).body;
  assertEquals(await stored(), { compose: text, env: "A='pa$$word'\nB=1\nC= x " });
  await button(page, "Edit").click();
  await compose(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("# two");
  await button(page, "Save").click();
  await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
  assertEquals(await stored(), { compose: `${text}# one\r\n# two`, env: "A='pa$$word'\nB=1\nC= x " });
});

browserTest("leaves the editor on Tab, and reaches every control", async () => {
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/new`);
  await compose(page).focus();
  await page.keyboard.press("Shift+Tab");
  await focused(page, button(page, "Format"));
  await page.keyboard.press("Shift+Tab");
  await focused(page, button(page, "Add file"));
  await page.keyboard.press("Shift+Tab");
  await focused(page, tab(page, /^Compose file/));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await env(page).waitFor();
});

browserTest("passes axe with the editor in both themes, also with errors in it", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const text = `# A comment\n${services(WEB)}    ports: ["8080:80", 9090]\n    read_only: true\n`;
  const stackId = await create(server, { name: project.name, compose: text, env: "A=1\n", deploy: false });
  await using browser = await openBrowser();
  const page = await browser.page(`${server.link}#/stacks/${stackId}/edit`, REFUSED);
  await page.getByText("Valid · 1 service: web").waitFor();
  await assertAccessibleInThemes(page, "stack-editor");
  await compose(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("    pots: []\n");
  await page.getByText("1 error in the Compose file").waitFor();
  assertStringIncludes(await page.getByRole("listitem").first().innerText(), "pots");
  await assertAccessibleInThemes(page, "stack-editor-mistake");
  await page.getByRole("link", { name: /^←/ }).click();
  await page.getByRole("heading", { name: project.name, level: 1, exact: true }).waitFor();
});
