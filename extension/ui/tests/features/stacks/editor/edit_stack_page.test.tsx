import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { EditStackPage } from "../../../../src/features/stacks/editor/edit_stack_page.tsx";
import { NewStackPage } from "../../../../src/features/stacks/editor/new_stack_page.tsx";
import { Unreachable } from "../../../../src/lib/transport/transport.ts";
import { host, plan, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed, type FakeStacks } from "../../../fakes/stack_feed.ts";

const PATH = "/stacks/12/compose";
const FILES = { compose: "services: {}\n", env: "A=1\n" };
const VALID = { valid: true, services: ["web"], warnings: [] };

// The page loads its editor on demand. Loading it here keeps that out of the tests.
await import("../../../../src/features/stacks/editor/text_editor.tsx");

async function open(
  which: "edit" | "new",
  files: unknown = FILES,
  about: FakeStacks["about"] = {},
  answers: Readonly<Record<string, unknown>> = {},
) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [stack()], hosts: [host()], about });
  Object.assign(transport.answers, {
    [PATH]: files,
    "/stacks/validate": VALID,
    "/stacks/12": {},
    ...answers,
  });
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => {
    view = page.render(
      which === "edit" ? <EditStackPage feed={feed} stackId={12} /> : <NewStackPage feed={feed} />,
    );
  });
  return {
    transport,
    feed,
    page,
    view,
    click: (name: string) => page.user.click(view.getByRole("button", { name })),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("shows the texts of a stack in two tabs", async () => {
  await using edit = await open("edit");
  assert(edit.view.getByRole("heading", { name: "Edit “shop”" }));
  const compose = await edit.view.findByRole("textbox", { name: "Compose file" });
  await edit.page.user.click(edit.view.getByRole("tab", { name: "Environment (.env)" }));
  const env = await edit.view.findByRole("textbox", { name: "Environment (.env)" });
  assert(compose.textContent?.includes("services: {}") && env.textContent?.includes("A=1"));
});

Deno.test("reports files that were not loaded, and retries after a reconnection", async () => {
  await using edit = await open("edit", new Unreachable("nobody there"));
  assert(edit.view.getByRole("heading", { name: "Cannot load the files of this stack" }));
  assert(edit.view.getByText("nobody there"));
  edit.transport.answers[PATH] = FILES;
  await edit.page.act(() => edit.transport.newest.listener.opened());
  assert(edit.view.getByRole("heading", { name: "Edit “shop”" }));
});

Deno.test("explains to a client without the token why it cannot read the files", async () => {
  await using edit = await open("edit", new Error("forbidden"), { access: "view" });
  assert(edit.view.getByText(/token/));
});

Deno.test("sends no unchanged file, and opens the page of the stack after a save", async () => {
  await using edit = await open("edit");
  edit.transport.answers["/stacks/plan"] = plan();
  await edit.click("Save and deploy");
  await edit.view.findByText("Recreate");
  await edit.click("Deploy");
  await eventually("the page of the stack", () => location.hash === "#/stacks/12");
  const saves = edit.transport.bodies.filter((body) => "deploy" in (body as object));
  assertEquals(saves, [{ deploy: true }]);
});

Deno.test("shows the changed lines of the texts before a deployment", async () => {
  const draft = { name: null, hostId: null, compose: null, env: "A=2\n", files: [], removed: [] };
  await using edit = await open("edit", FILES, {}, { "/stacks/12/draft": draft, "/stacks/plan": plan() });
  await edit.click("Save and deploy");
  const changes = await edit.view.findByRole("group", { name: "Difference of the Environment (.env)" });
  assertEquals(changes.textContent, "− A=1+ A=2");
});

Deno.test("does not overwrite a version of another client", async () => {
  await using edit = await open("edit");
  edit.transport.answers[PATH] = { ...FILES, compose: "# theirs\n" };
  await edit.click("Save");
  assert(await edit.view.findByText("A newer version was saved"));
  assert(!edit.transport.asked.includes("PUT /stacks/12"));
});

Deno.test("loads the newer version of another client on request", async () => {
  await using edit = await open("edit");
  edit.transport.answers[PATH] = { ...FILES, compose: "# theirs\n" };
  await edit.click("Save");
  await edit.view.findByText("A newer version was saved");
  await edit.click("Load newer version");
  await eventually("the newer version", async () => {
    const compose = await edit.view.findByRole("textbox", { name: "Compose file" });
    return compose.textContent?.includes("# theirs") === true;
  });
});

Deno.test("requires a name for a new stack", async () => {
  await using form = await open("new");
  for (const name of ["Create", "Create and deploy"]) {
    assertEquals(form.view.getByRole("button", { name }).getAttribute("aria-disabled"), "true");
  }
});
