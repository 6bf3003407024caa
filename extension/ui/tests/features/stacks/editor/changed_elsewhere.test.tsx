import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { ChangedElsewhere } from "../../../../src/features/stacks/editor/changed_elsewhere.tsx";
import { StackEdit } from "../../../../src/features/stacks/editor/stack_edit.ts";
import type { StackFormState } from "../../../../src/features/stacks/editor/use_stack_form.ts";
import { NO_FILES } from "../../../../src/features/stacks/editor/files/edited_files.ts";
import { ContentRequests } from "../../../../src/features/stacks/model/content_requests.ts";
import { StackRequests } from "../../../../src/features/stacks/model/stack_requests.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const OPENED = { compose: "services: {}\n", env: "" };
const THEIRS = { compose: "# theirs\n", env: "" };
const OURS = { compose: "# ours\n", env: "", files: NO_FILES };

/** Renders the notice of an editor, after a save that found another version. */
async function open(page: TestPage, { stored = THEIRS, deploy = false, isChanged = true } = {}) {
  const transport = new FakeTransport();
  const edit = new StackEdit(
    { requests: new StackRequests(transport), contents: new ContentRequests(transport) },
    12,
    OPENED,
  );
  const calls: unknown[] = [];
  transport.answers["/stacks/12/compose"] = stored;
  if (stored !== OPENED) await edit.save(OURS, deploy);
  const form: StackFormState = {
    values: { name: "", hostId: undefined, ...OURS },
    set: () => {},
    setFiles: () => {},
    verdict: { phase: "empty", issues: [], services: [], reason: "" },
    issues: [],
    refusal: undefined,
    save: (deploy) => calls.push({ save: { deploy }, conflict: edit.conflict.value }),
    isLocked: false,
    isChanged,
    isUnsafe: false,
    obstacle: undefined,
  };
  const view = page.render(
    <ChangedElsewhere edit={edit} form={form} onLoad={(files) => calls.push({ load: files })} />,
  );
  const click = (name: string) => page.user.click(view.getByRole("button", { name }));
  return { view, calls, click, edit };
}

Deno.test("shows nothing without a conflict", async () => {
  await using page = new TestPage();
  const { view } = await open(page, { stored: OPENED });
  assertEquals(view.queryByRole("alert"), null);
});

Deno.test("shows that another client saved a newer version", async () => {
  await using page = new TestPage();
  const { view } = await open(page);
  assert(view.getByText("A newer version was saved"));
  assert(view.getByText("Your changes are not saved yet. Choose which version to keep."));
});

for (const deploy of [true, false]) {
  Deno.test(`overwrites the newer version on request, deploying: ${deploy}`, async () => {
    await using page = new TestPage();
    const { calls, click } = await open(page, { deploy });
    await click("Keep mine");
    assertEquals(calls, [{ save: { deploy }, conflict: undefined }]);
  });
}

Deno.test("asks before the newer version replaces changes", async () => {
  await using page = new TestPage();
  const { view, calls, click } = await open(page);
  await click("Load newer version");
  assert(view.getByRole("dialog", { name: "Load the newer version?" }));
  assertEquals(calls, []);
  await click("Load");
  assertEquals(calls, [{ load: THEIRS }]);
});

Deno.test("keeps the changes after a cancel", async () => {
  await using page = new TestPage();
  const { view, calls, click } = await open(page);
  await click("Load newer version");
  await click("Cancel");
  assertEquals([view.queryByRole("dialog"), calls], [null, []]);
});

Deno.test("loads the newer version at once without changes", async () => {
  await using page = new TestPage();
  const { calls, click } = await open(page, { isChanged: false });
  await click("Load newer version");
  assertEquals(calls, [{ load: THEIRS }]);
});
