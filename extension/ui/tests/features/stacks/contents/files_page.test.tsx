import { openContents } from "../../../fakes/contents_page.tsx";
import { within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { refusal } from "../../../fakes/transport.ts";

const LIST = "/stacks/12/files";
const FILES = [
  { path: "config/app.env", size: 2048, digest: "1", mode: "644" },
  { path: "secret.txt", size: null, digest: null, mode: null },
];

const file = (name: string, contents: string) => new File([contents], name);

Deno.test("lists files with their sizes, and marks those that are missing", async () => {
  await using files = await openContents(["files"], { [LIST]: FILES });
  const rows = files.view.getAllByRole("row").slice(1).map(({ textContent }) => textContent);
  assertEquals(rows, ["config/app.env2.00 KiB", "secret.txtMissing"]);
  const links = ["config/app.env", "secret.txt"].map((name) =>
    files.view.getByRole("link", { name }).getAttribute("href")
  );
  assertEquals(links, ["#/stacks/12/files/config%2Fapp.env", "#/stacks/12/new-file/secret.txt"]);
});

Deno.test("links the pages of the stack, and marks the current one", async () => {
  await using files = await openContents(["files"], { [LIST]: [] });
  const tabs = within(files.view.getByRole("navigation", { name: "Pages of shop" })).getAllByRole("tab");
  assertEquals(
    tabs.map((tab) => [tab.textContent, tab.getAttribute("href"), tab.getAttribute("aria-selected")]),
    [
      ["Overview", "#/stacks/12", "false"],
      ["Logs", "#/stacks/12/logs", "false"],
      ["Files", "#/stacks/12/files", "true"],
      ["Versions", "#/stacks/12/versions", "false"],
    ],
  );
});

Deno.test("reports that a stack has no files", async () => {
  await using files = await openContents(["files"], { [LIST]: [] });
  assert(files.view.getByRole("heading", { name: "No files yet" }));
});

Deno.test("reports a list that was not loaded", async () => {
  await using files = await openContents(["files"], {});
  assert(await files.view.findByText("Cannot load the files: nobody there"));
});

Deno.test("explains that files need the token", async () => {
  await using files = await openContents(["files"], { [LIST]: FILES }, { access: "view" });
  assert(files.view.getByText(/^Viewing the files requires the token/));
  assertEquals(files.transport.asked.includes(`GET ${LIST}`), false);
});

Deno.test("uploads a file under its own name or into a folder", async () => {
  await using files = await openContents(["files"], { [LIST]: [] });
  const { view, page, transport } = files;
  Object.assign(transport.answers, { [`${LIST}/a.env`]: {}, [`${LIST}/conf%20ig/a.env`]: {} });
  const input = view.getByLabelText("File to upload");
  await page.user.upload(input, file("a.env", "A=1"));
  await page.user.type(view.getByLabelText("Path of the new file"), "conf ig/");
  await page.user.upload(input, file("a.env", "A=2"));
  assertEquals(files.changes(), [`PUT ${LIST}/a.env`, `PUT ${LIST}/conf%20ig/a.env`]);
  assertEquals(transport.bodies, ["A=1", "A=2"]);
});

Deno.test("replaces a file only after a confirmation", async () => {
  await using files = await openContents(["files"], { [LIST]: FILES, [`${LIST}/config/app.env`]: {} });
  const { view, page } = files;
  await page.user.type(view.getByLabelText("Path of the new file"), "config/");
  await page.user.upload(view.getByLabelText("File to upload"), file("app.env", "A=1"));
  assertEquals(files.changes(), []);
  await files.click("Replace");
  assertEquals(files.changes(), [`PUT ${LIST}/config/app.env`]);
});

Deno.test("does not send a file that is too large", async () => {
  await using files = await openContents(["files"], { [LIST]: [] });
  const large = file("dump.sql", "x".repeat(1024 * 1024 + 1));
  await files.page.user.upload(files.view.getByLabelText("File to upload"), large);
  assert(files.view.getByText("Cannot upload “dump.sql”: a file can have 1 MiB at most."));
  assertEquals(files.changes(), []);
});

Deno.test("shows the server's reason for a refused upload", async () => {
  await using files = await openContents(["files"], {
    [LIST]: [],
    [`${LIST}/compose.yaml`]: refusal(422, "Compose reads files of this name by default"),
  });
  await files.page.user.upload(files.view.getByLabelText("File to upload"), file("compose.yaml", ""));
  assert(await files.view.findByText("Compose reads files of this name by default"));
});

Deno.test("opens the editor for a new text file, unless its path is invalid", async () => {
  await using files = await openContents(["files"], { [LIST]: [] });
  const field = files.view.getByLabelText("Path of the new file");
  await files.page.user.type(field, "../a.env");
  await files.click("New text file");
  assert(files.view.getByText(/^Enter a path within the folder/));
  await files.page.user.clear(field);
  await files.page.user.type(field, "config/a.env");
  await files.click("New text file");
  assertEquals(location.hash, "#/stacks/12/new-file/config%2Fa.env");
});

Deno.test("deletes a file after a confirmation, and lists the others", async () => {
  await using files = await openContents(["files"], { [LIST]: FILES, [`${LIST}/config/app.env`]: {} });
  await files.click("Delete config/app.env");
  files.transport.answers[LIST] = [];
  await files.click("Delete");
  assertEquals(files.changes(), [`DELETE ${LIST}/config/app.env`]);
  assert(await files.view.findByText("No files yet"));
});

Deno.test("shows the server's reason for a refused removal", async () => {
  await using files = await openContents(["files"], {
    [LIST]: FILES,
    [`${LIST}/config/app.env`]: refusal(409, "the compose file names it"),
  });
  await files.click("Delete config/app.env");
  await files.click("Delete");
  assert(await files.view.findByText("the compose file names it"));
});

Deno.test("disables changes on a read-only server", async () => {
  await using files = await openContents(["files"], { [LIST]: FILES }, { readOnly: true });
  const disabled = ["Upload", "New text file", "Delete config/app.env"].map((name) =>
    files.view.getByRole("button", { name }).getAttribute("aria-disabled")
  );
  assertEquals(disabled, ["true", "true", "true"]);
});
