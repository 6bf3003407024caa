import { openContents } from "../../../fakes/contents_page.tsx";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { refusal } from "../../../fakes/transport.ts";

// The page loads its editor on demand. Loading it here keeps that out of the tests.
await import("../../../../src/features/stacks/editor/text_editor.tsx");

const FILE = "/stacks/12/files/config/app.env";
const bytes = (text: string) => new TextEncoder().encode(text);

async function openFile(answer: unknown, about = {}) {
  const file = await openContents(["files", "config/app.env"], { [FILE]: answer }, about);
  return { ...file, type: (text: string) => typeText(file, text) };
}

/** Types a text at the start of the editor. */
async function typeText({ page, view }: Awaited<ReturnType<typeof openContents>>, text: string) {
  const editor = await view.findByRole("textbox", { name: "config/app.env" });
  await page.act(() => {
    editor.querySelector(".cm-line")!.textContent = `${text}${editor.textContent}`;
  });
  await page.act(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Texts of the file that were saved; a draft is an object. */
function savedTexts({ transport }: Awaited<ReturnType<typeof openContents>>): unknown[] {
  return transport.bodies.filter((body) => typeof body === "string");
}

Deno.test("shows what was typed earlier, stores what is typed, and discards both on request", async () => {
  const draft = { files: [{ path: "config/app.env", text: "B=2" }] };
  await using file = await openContents(["files", "config/app.env"], {
    [FILE]: bytes("A=1"),
    "/stacks/12/draft": draft,
  });
  const editor = await file.view.findByRole("textbox", { name: "config/app.env" });
  assertEquals(editor.textContent, "B=2");
  await file.click("Discard changes");
  assertEquals((await file.view.findByRole("textbox", { name: "config/app.env" })).textContent, "A=1");
  await eventually("the discard", () => file.transport.bodies.length > 0);
  assertEquals(file.transport.bodies, [{ files: [{ path: "config/app.env", text: null }] }]);
});

Deno.test("shows a text file in the editor", async () => {
  await using file = await openFile(bytes("A=1"));
  const editor = await file.view.findByRole("textbox", { name: "config/app.env" });
  assertEquals(editor.textContent, "A=1");
  assertEquals(file.view.getByRole("button", { name: "Save" }).getAttribute("aria-disabled"), "true");
});

Deno.test("offers a file that is not text as a download", async () => {
  await using file = await openFile(new Uint8Array([0, 255]));
  assert(file.view.getByRole("heading", { name: "This file is not text" }));
  assert(file.view.getByRole("button", { name: "Download" }));
});

Deno.test("reports a file that was not loaded", async () => {
  await using file = await openFile(refusal(404, 'Stack "12" has no file'));
  assert(await file.view.findByRole("heading", { name: "Cannot load this file" }));
  assert(file.view.getByText('Stack "12" has no file'));
});

Deno.test("saves a changed text and returns to the files", async () => {
  await using file = await openFile(bytes("A=1"));
  await file.type("B=2");
  await file.click("Save");
  assertEquals(savedTexts(file), ["B=2A=1"]);
  await eventually("the list of files", () => location.hash === "#/stacks/12/files");
});

Deno.test("does not replace a newer version without a choice", async () => {
  await using file = await openFile(bytes("A=1"));
  await file.type("B=2");
  file.transport.answers[FILE] = bytes("theirs");
  await file.click("Save");
  assert(await file.view.findByText("Someone saved a newer version"));
  assertEquals(file.changes(), []);
  await file.click("Keep mine");
  assertEquals(savedTexts(file), ["B=2A=1"]);
});

Deno.test("loads the newer version on request", async () => {
  await using file = await openFile(bytes("A=1"));
  await file.type("B=2");
  file.transport.answers[FILE] = bytes("theirs");
  await file.click("Save");
  await file.click("Load newer version");
  assert(await file.view.findByText("theirs"));
  assertEquals(file.changes(), []);
});

Deno.test("stores a new file, which may be empty", async () => {
  await using file = await openContents(["new-file", "config/app.env"], {
    [FILE]: refusal(404, "no file"),
  });
  await file.view.findByRole("textbox", { name: "config/app.env" });
  file.transport.answers[`PUT ${FILE}`] = {};
  await file.click("Save");
  await eventually("the list of files", () => location.hash === "#/stacks/12/files");
});

Deno.test("keeps the text when the server refuses it", async () => {
  await using file = await openFile(bytes("A=1"));
  await file.type("B=2");
  file.transport.answers[`PUT ${FILE}`] = refusal(507, "the disk is full");
  await file.click("Save");
  assert(await file.view.findByText("the disk is full"));
  assertEquals(file.view.getByRole("textbox", { name: "config/app.env" }).textContent, "B=2A=1");
});
