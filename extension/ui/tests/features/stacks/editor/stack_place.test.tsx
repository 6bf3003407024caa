import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { NEW_VALUES } from "../../../../src/features/stacks/editor/use_stack_form.ts";
import { StackPlace } from "../../../../src/features/stacks/editor/stack_place.tsx";
import { host } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

async function open(hostIds: readonly string[], name = "") {
  const { client, feed } = await fakeStackFeed({ hosts: hostIds.map((hostId) => host({ hostId })) });
  const page = new TestPage(client);
  const changes: unknown[] = [];
  const values = { ...NEW_VALUES, name };
  const view = page.render(
    <StackPlace feed={feed} values={values} isLocked={false} onChange={(change) => changes.push(change)} />,
  );
  return {
    page,
    view,
    changes,
    field: () => view.getByRole("textbox", { name: /^Name/ }),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("offers no choice of the host when there is one", async () => {
  await using place = await open(["Localhost"]);
  assertEquals(place.view.queryByRole("combobox"), null);
});

Deno.test("selects the default host, and reports another choice", async () => {
  await using place = await open(["nas", "Localhost"]);
  const hosts = place.view.getByRole("combobox", { name: /Host/ });
  assertEquals(hosts.textContent, "Localhost");
  await place.page.user.click(hosts);
  await place.page.user.click(place.view.getByRole("option", { name: "nas" }));
  assertEquals(place.changes, [{ hostId: "nas" }]);
});

Deno.test("reports the typed name", async () => {
  await using place = await open(["Localhost"]);
  await place.page.user.type(place.field(), "a");
  assertEquals(place.changes, [{ name: "a" }]);
});

for (const [name, isInvalid] of [["", "false"], ["shop", "false"], ["Shop", "true"]] as const) {
  Deno.test(`marks the name "${name}" as invalid: ${isInvalid}`, async () => {
    await using place = await open(["Localhost"], name);
    assertEquals(place.field().getAttribute("aria-invalid"), isInvalid);
  });
}
