import { openContents } from "../../../fakes/contents_page.tsx";
import { within } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { refusal } from "../../../fakes/transport.ts";

// The page loads its editor on demand. Loading it here keeps that out of the tests.
await import("../../../../src/features/stacks/editor/text_editor.tsx");

const PATH = "config/app.env";
const FILE = "/stacks/12/files/config/app.env";
const DRAFT = "/stacks/12/draft";
const bytes = (text: string) => new TextEncoder().encode(text);

/** Answers of a stack with one file. */
const ANSWERS = {
  "/stacks/12/compose": { compose: "services: {}\n", env: "" },
  "/stacks/12/files": [{ path: PATH, size: 3, digest: "1", mode: "644" }],
  "/stacks/validate": { valid: true, services: ["web"], warnings: [] },
  "PUT /stacks/12": {},
  [DRAFT]: { name: null, hostId: null, compose: null, env: null, files: [], removed: [], saved_at: null },
  [FILE]: bytes("A=1"),
};

async function open(path: readonly string[], answers: Readonly<Record<string, unknown>> = {}, about = {}) {
  const edit = await openContents(path, { ...ANSWERS, ...answers }, about);
  return {
    ...edit,
    tab: (name: string | RegExp) => edit.view.findByRole("tab", { name }),
    editor: () => edit.view.findByRole("textbox", { name: PATH }),
    type: async (text: string) => {
      const editor = await edit.view.findByRole("textbox", { name: PATH });
      await edit.page.act(() => {
        editor.querySelector(".cm-line")!.textContent = `${text}${editor.textContent}`;
      });
      await edit.page.act(() => new Promise((resolve) => setTimeout(resolve)));
    },
    /** Answers the question of the open dialog. */
    answer: async (path: string | undefined, action: string) => {
      const dialog = within(await edit.view.findByRole("dialog"));
      if (path !== undefined) {
        await edit.page.user.clear(dialog.getByRole("textbox", { name: "Path" }));
        await edit.page.user.type(dialog.getByRole("textbox", { name: "Path" }), path);
      }
      await edit.page.user.click(dialog.getByRole("button", { name: action }));
    },
    /** Requests that change files, in order. */
    fileChanges: () =>
      edit.transport.bodies.flatMap((body) =>
        (body as { readonly files?: object[]; readonly deploy?: boolean })
            .deploy === undefined
          ? []
          : (body as { readonly files?: object[] }).files ?? []
      ),
  };
}

Deno.test("opens a file of the stack in its tab, and saves it with the stack", async () => {
  await using edit = await open(["files", PATH]);
  assertEquals((await edit.editor()).textContent, "A=1");
  await edit.type("B=2");
  assert(await edit.tab(/app\.env.*not saved/));
  await edit.click("Save");
  await eventually("the page of the stack", () => location.hash === "#/stacks/12");
  assertEquals(edit.fileChanges(), [{ path: PATH, text: "B=2A=1" }]);
});

Deno.test("keeps what was typed in a tab while another is shown", async () => {
  await using edit = await open(["files", PATH]);
  await edit.type("B=2");
  await edit.page.user.click(await edit.tab("Compose file"));
  await edit.page.user.click(await edit.tab(/app\.env/));
  assertEquals((await edit.editor()).textContent, "B=2A=1");
});

Deno.test("shows the draft of a file, and discards it on request", async () => {
  const files = [{ path: PATH, text: "B=2" }];
  await using edit = await open(["files", PATH], { [DRAFT]: { ...ANSWERS[DRAFT], files } });
  assertEquals((await edit.editor()).textContent, "B=2");
  await edit.click("Discard changes");
  await eventually("the stored text", async () => (await edit.editor()).textContent === "A=1");
  const discard = JSON.stringify({ files: [{ path: PATH, text: null }] });
  await eventually(
    "the discard",
    () => edit.transport.bodies.some((body) => JSON.stringify(body) === discard),
  );
});

Deno.test("does not replace a newer version of a file without a choice", async () => {
  await using edit = await open(["files", PATH]);
  await edit.type("B=2");
  edit.transport.answers[FILE] = bytes("theirs");
  await edit.click("Save");
  assert(await edit.view.findByText(/Choose which version to keep of config\/app\.env/));
  assertEquals(edit.fileChanges(), []);
  await edit.click("Keep mine");
  await eventually("the save", () => edit.fileChanges().length > 0);
});

Deno.test("keeps the text when the server refuses the save", async () => {
  await using edit = await open(["files", PATH], { "PUT /stacks/12": refusal(507, "the disk is full") });
  await edit.type("B=2");
  await edit.click("Save");
  assert(await edit.view.findByText("the disk is full"));
  assertEquals((await edit.editor()).textContent, "B=2A=1");
});

Deno.test("offers a file that is not text as a download", async () => {
  await using edit = await open(["files", PATH], { [FILE]: new Uint8Array([0, 255]) });
  assert(await edit.view.findByRole("heading", { name: "This file is not text" }));
  assert(edit.view.getByRole("button", { name: "Download" }));
});

Deno.test("offers to create a file that the Compose file names and the stack does not have", async () => {
  await using edit = await open(["files", PATH], { [FILE]: refusal(404, "no file") });
  await edit.click("Create this file");
  assertEquals((await edit.editor()).textContent, "");
});

Deno.test("adds a file, explains invalid paths, and stores it only with the stack", async () => {
  await using edit = await open(["edit"]);
  await edit.click("Add file");
  const dialog = within(await edit.view.findByRole("dialog"));
  const field = dialog.getByRole("textbox", { name: "Path" });
  for (
    const [path, mistake] of [["compose.yaml", /reads files of this name/], [
      "CONFIG",
      /has the file/,
    ]] as const
  ) {
    await edit.page.user.clear(field);
    await edit.page.user.type(field, path);
    assert(dialog.getByText(mistake), path);
    assertEquals(dialog.getByRole("button", { name: "Add" }).hasAttribute("disabled"), true);
  }
  await edit.answer("b.txt", "Add");
  assert(await edit.view.findByRole("textbox", { name: "b.txt" }));
  assertEquals(edit.fileChanges(), []);
});

Deno.test("shows the environment of the repository below the local one", async () => {
  await using edit = await open(["edit"], {
    "/stacks/12/compose": { compose: "services: {}\n", env: "", git_env: "TAG=1" },
  });
  await edit.page.user.click(await edit.tab("Environment (.env)"));
  assert(await edit.view.findByRole("region", { name: "Environment of the repository" }));
  assert(edit.view.getByText("TAG=1"));
});

Deno.test("offers a local override for a stack from Git, whose Compose file is changed there", async () => {
  await using edit = await open(["edit"], {
    "/stacks/12/compose": { compose: "services: {}\n", env: "", git_env: "" },
    "/stacks/12/files/compose.override.yaml": refusal(404, "no file"),
  });
  assert(await edit.view.findByText(/This file comes from Git/));
  await edit.page.user.click(await edit.tab("compose.override.yaml"));
  await edit.click("Create this file");
  assert(await edit.view.findByRole("textbox", { name: "compose.override.yaml" }));
  await edit.click("Save");
  await eventually("the save", () => edit.fileChanges().length > 0);
  assertEquals(edit.fileChanges(), [{ path: "compose.override.yaml", text: "" }]);
});

Deno.test("renames a stored file with the next save", async () => {
  await using edit = await open(["files", PATH]);
  await edit.editor();
  await edit.click("Rename");
  await edit.answer("b.env", "Rename");
  assert(await edit.tab(/b\.env.*not saved/));
  assert(await edit.view.findByText("Deleted when you save:"));
  assertEquals([edit.fileChanges(), edit.view.queryByRole("tab", { name: /app\.env/ })], [[], null]);
  await edit.click("Save");
  await eventually("the save", () => edit.fileChanges().length > 0);
  assertEquals(edit.fileChanges(), [{ path: "b.env", text: "A=1" }, { path: PATH, text: null }]);
});

Deno.test("deletes a stored file with the next save, and keeps it on request", async () => {
  await using edit = await open(["files", PATH]);
  await edit.editor();
  await edit.click("Delete");
  await eventually("the tab to close", () => edit.view.queryByRole("tab", { name: /app\.env/ }) === null);
  const stored = JSON.stringify({ removed: [{ path: PATH, removed: true }] });
  await eventually(
    "the draft",
    () => edit.transport.bodies.some((body) => JSON.stringify(body) === stored),
  );
  await edit.click("Keep");
  assert(await edit.tab(/app\.env/));
  assertEquals([edit.fileChanges(), edit.view.queryByText("Deleted when you save:")], [[], null]);
});

Deno.test("shows the deletions of a draft", async () => {
  await using edit = await open(["edit"], { [DRAFT]: { ...ANSWERS[DRAFT], removed: [PATH] } });
  assert(await edit.view.findByText("Deleted when you save:"));
  assertEquals(edit.view.queryByRole("tab", { name: /app\.env/ }), null);
  await edit.click("Discard changes");
  assert(await edit.tab(/app\.env/));
});
