import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { RemoveDialog } from "../../../../src/features/stacks/detail/remove_dialog.tsx";
import { project, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

const REMOVAL: RemovalPreview = {
  containers: ["shop-web-1"],
  networks: ["shop_default"],
  volumes: [],
  files: { deleted: ["/data/stacks/12/compose.yaml"], kept: ["/data/stacks/12/uploads"] },
};
const VOLUMES = [{ name: "shop_db", bytes: 3 * 1024 ** 2 }, { name: "shop_cache", bytes: null }];
const RELEASE = { containers: [], networks: [], volumes: [], files: { deleted: [], kept: ["/data/x"] } };

async function open(
  answers: Readonly<Record<string, unknown>> = { "/stacks/12?dryRun=1": REMOVAL },
  shown: Stack = stack(),
) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown] });
  Object.assign(transport.answers, answers);
  const page = new TestPage(client);
  const calls: unknown[] = [];
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => {
    view = page.render(
      <RemoveDialog
        feed={feed}
        stack={shown}
        onRemove={(options) => calls.push(options)}
        onCancel={() => calls.push("cancel")}
      />,
    );
  });
  const items = (section: string) =>
    within(view.getByRole("region", { name: section })).getAllByRole("listitem")
      .map(({ textContent }) => textContent);
  return {
    transport,
    page,
    view,
    calls,
    items,
    click: (name: string) => page.user.click(view.getByRole("button", { name })),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("names the stack in the title of the dialog", async () => {
  await using dialog = await open();
  assert(dialog.view.getByRole("dialog", { name: "Remove “shop”?" }));
});

Deno.test("lists what a removal deletes and what it keeps", async () => {
  await using dialog = await open();
  assertEquals(dialog.items("Will be removed"), [
    "shop-web-1",
    "shop_default",
    "/data/stacks/12/compose.yaml",
    "The stack's record in DockStat",
  ]);
  assertEquals(dialog.items("Will stay"), ["All volumes and their data", "/data/stacks/12/uploads"]);
});

Deno.test("asks the server for the list and removes nothing by opening", async () => {
  await using dialog = await open();
  assertEquals(dialog.transport.asked.filter((request) => request.startsWith("DELETE")), [
    "DELETE /stacks/12?dryRun=1",
  ]);
});

Deno.test("keeps the volumes by default", async () => {
  await using dialog = await open();
  assert(dialog.view.getByText("The volumes and their data are kept."));
  await dialog.click("Remove");
  assertEquals(dialog.calls, [{ volumes: false, keep: false }]);
});

Deno.test("lists the volumes with their sizes when they are selected, and warns about it", async () => {
  await using dialog = await open({
    "/stacks/12?dryRun=1": REMOVAL,
    "/stacks/12?dryRun=1&volumes=1": { ...REMOVAL, volumes: VOLUMES },
  });
  await dialog.page.user.click(dialog.view.getByLabelText("Also remove the volumes"));
  assert(dialog.view.getByText("This permanently deletes the data in the volumes."));
  assert(await dialog.view.findByText("shop_cache"));
  assertEquals(dialog.items("Will be removed").slice(2, 4), ["shop_db, 3.00 MiB", "shop_cache"]);
  assertEquals(dialog.items("Will stay"), ["/data/stacks/12/uploads"]);
  await dialog.click("Remove");
  assertEquals(dialog.calls, [{ volumes: true, keep: false }]);
});

Deno.test("releases a stack when that is chosen, and lists the paths that stay", async () => {
  await using dialog = await open({
    "/stacks/12?dryRun=1": REMOVAL,
    "/stacks/12?dryRun=1&keep=1": RELEASE,
  });
  await dialog.page.user.click(dialog.view.getByLabelText(/^Release:/));
  assert(await dialog.view.findByText("/data/x"));
  assertEquals(dialog.items("Will be removed"), ["The stack's record in DockStat"]);
  assertEquals(dialog.items("Will stay"), ["All containers, networks and volumes", "/data/x"]);
  assertEquals(dialog.view.queryByLabelText("Also remove the volumes"), null);
  await dialog.click("Release");
  assertEquals(dialog.calls, [{ volumes: false, keep: true }]);
});

Deno.test("removes a project, which cannot be released", async () => {
  await using dialog = await open(
    { "/projects/Localhost/legacy?dryRun=1": { ...REMOVAL, files: { deleted: [], kept: [] } } },
    project(),
  );
  assertEquals(dialog.view.queryByRole("radio"), null);
  assertEquals(dialog.items("Will be removed"), ["shop-web-1", "shop_default"]);
});

Deno.test("waits for the list before a removal can be confirmed", async () => {
  await using dialog = await open({ "/stacks/12?dryRun=1": new Promise(() => {}) });
  assert(dialog.view.getByRole("status", { name: "Listing what will be removed" }));
  assert((dialog.view.getByRole("button", { name: "Remove" }) as HTMLButtonElement).disabled);
});

Deno.test("explains why there is no list, and still permits the removal", async () => {
  await using dialog = await open({});
  assert(dialog.view.getByText("Cannot list what will be removed: nobody there"));
  await dialog.click("Remove");
  assertEquals(dialog.calls.length, 1);
});

Deno.test("removes nothing after a cancel", async () => {
  await using dialog = await open();
  await dialog.click("Cancel");
  assertEquals(dialog.calls, ["cancel"]);
});
