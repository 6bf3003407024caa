import { TestPage, within } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import type { About } from "../../../../../server/protocol/about.ts";
import ResourcesPage from "../../../src/features/resources/resources_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { host } from "../../fakes/messages.ts";
import { image, pruneItem, user, volume } from "../../fakes/resources/resources.ts";
import { refusal } from "../../fakes/transport.ts";

const ENDED = { operation_id: 7, state: "succeeded", messages: ["All removed"], events: [], error: null };

function open(view: string, about: Partial<About> = {}, hosts: readonly string[] = ["Localhost"]) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = hosts.map((hostId) => host({ hostId }));
  transport.answers["/images?host=Localhost"] = [
    image(),
    image({ id: `sha256:${"b".repeat(64)}`, tags: [] }),
  ];
  transport.answers["/volumes?host=Localhost"] = [
    volume(),
    volume({ name: "used", inUse: true, usedBy: [user("web")] }),
  ];
  transport.answers["/operations/7"] = ENDED;
  const page = new TestPage(client);
  return { page, transport, view: page.render(<ResourcesPage path={[view]} />) };
}

Deno.test("lists items with sizes, and links the containers that use them", async () => {
  const { page, view } = open("volumes");
  await using _ = page;
  await eventually("the list", () => view.queryByRole("table"));
  const link = view.getAllByRole("link", { name: "web" })[0]!;
  assertEquals(link.getAttribute("href"), `#/containers/Localhost/${"c".repeat(64)}`);
  assert(view.getAllByText("2.00 KiB").length === 2);
  assert(view.getByText("2 items · 4.00 KiB"));
});

Deno.test("without the token it asks to sign in, and requests nothing", async () => {
  const { page, transport, view } = open("images", { access: "view" });
  await using _ = page;
  await eventually("the reason", () => view.queryByText("Sign in to see images, volumes and networks"));
  assertEquals(transport.asked, []);
  assertEquals(view.getByRole("button", { name: "Clean up…" }).getAttribute("aria-disabled"), "true");
});

Deno.test("on a read-only server nothing can be removed", async () => {
  const { page, view } = open("images", { readOnly: true });
  await using _ = page;
  await eventually("the list", () => view.queryByRole("table"));
  const button = view.getByRole("button", { name: "Remove nginx:1.29" });
  assertEquals(button.getAttribute("aria-disabled"), "true");
});

Deno.test("what a container uses cannot be removed", async () => {
  const { page, view } = open("volumes");
  await using _ = page;
  await eventually("the list", () => view.queryByRole("table"));
  const isDisabled = (name: string) =>
    view.getByRole("button", { name: `Remove ${name}` }).getAttribute("aria-disabled");
  assertEquals([isDisabled("used"), isDisabled("data")], ["true", null]);
});

Deno.test("a removal names the host and the loss, and then carries host and full id", async () => {
  const { page, transport, view } = open("volumes");
  await using _ = page;
  transport.answers["DELETE /volumes/Localhost/data"] = { operation_id: 7 };
  await eventually("the list", () => view.queryByRole("table"));
  await page.user.click(view.getByRole("button", { name: "Remove data" }));
  const dialog = within(await view.findByRole("dialog", { name: "Remove volume “data”?" }));
  assert(dialog.getByText("On host “Localhost”."));
  assert(dialog.getByText("All data in this volume is lost. This cannot be undone."));
  await page.user.click(dialog.getByRole("button", { name: "Remove" }));
  await eventually("the result", () => view.queryByText("All removed"));
  assert(transport.asked.includes("DELETE /volumes/Localhost/data"));
});

Deno.test("one tag of an image can be removed alone", async () => {
  const { page, transport, view } = open("images");
  await using _ = page;
  const path = `/images/Localhost/${encodeURIComponent(`sha256:${"a".repeat(64)}`)}?tag=b%3A1`;
  transport.answers["/images?host=Localhost"] = [image({ tags: ["a:1", "b:1"] })];
  transport.answers[`DELETE ${path}`] = { operation_id: 7 };
  await eventually("the list", () => view.queryByRole("table"));
  await page.user.click(view.getByRole("button", { name: "Remove a:1" }));
  const dialog = within(await view.findByRole("dialog"));
  await page.user.click(dialog.getByRole("radio", { name: "Remove only this tag: b:1" }));
  await page.user.click(dialog.getByRole("button", { name: "Remove" }));
  await eventually("the request", () => transport.asked.includes(`DELETE ${path}`));
});

Deno.test("a host that cannot be read does not hide the others", async () => {
  const { page, transport, view } = open("images", {}, ["Localhost", "nas"]);
  await using _ = page;
  transport.answers["/images?host=nas"] = refusal(503, "Host cannot be read now");
  await eventually("the reason", () => view.queryByText("Host “nas”: Host cannot be read now"));
  assert(view.getByRole("table"));
});

Deno.test("without a host that can be read, the page does not claim that there are no images", async () => {
  const { page, transport, view } = open("images");
  await using _ = page;
  transport.answers["/images?host=Localhost"] = refusal(503, "Host cannot be read now");
  await eventually("the reason", () => view.queryByText("Host “Localhost”: Host cannot be read now"));
  assertEquals(view.queryByText("No images"), null);
});

Deno.test("filters are in the address, and can be cleared", async () => {
  const { page, view } = open("images");
  await using _ = page;
  await eventually("the list", () => view.queryByRole("table"));
  await page.user.type(view.getByRole("searchbox"), "nothing like it");
  await eventually("no match", () => view.queryByText("No matches"));
  assert(location.hash.includes("q=nothing"));
  await page.user.click(view.getByRole("button", { name: "Clear filters" }));
  await eventually("the list", () => view.queryByRole("table"));
});

Deno.test("the clean-up preselects no volume, and removes exactly what is selected", async () => {
  const { page, transport, view } = open("images");
  await using _ = page;
  const items = [pruneItem("image", "loose"), pruneItem("network", "old"), pruneItem("volume", "data")];
  transport.answers["POST /prune"] = { items, bytes: 0, sizeReason: null, digest: "abc" };
  await eventually("the list", () => view.queryByRole("table"));
  await page.user.click(view.getByRole("button", { name: "Clean up…" }));
  const dialog = within(await view.findByRole("dialog", { name: "Clean up" }));
  const data = await dialog.findByRole<HTMLInputElement>("checkbox", { name: /^data/ });
  assertEquals(data.checked, false);
  await page.user.click(dialog.getByRole("checkbox", { name: /^old/ }));
  await page.user.click(data);
  transport.answers["POST /prune"] = { operation_id: 7 };
  await page.user.click(dialog.getByRole("button", { name: "Remove 2 items" }));
  await eventually("the result", () => dialog.queryByText("All removed"));
  assertEquals(transport.bodies.at(-1), {
    ...{ hostId: "Localhost", kinds: ["container", "image", "network", "volume"], dryRun: false },
    ...{ digest: "abc", volumes: ["data"], except: ["old"] },
  });
});

Deno.test("a list that has changed is reported, and can be requested again", async () => {
  const { page, transport, view } = open("images");
  await using _ = page;
  const preview = { items: [pruneItem("image", "loose")], bytes: 0, sizeReason: null, digest: "abc" };
  transport.answers["POST /prune"] = preview;
  await eventually("the list", () => view.queryByRole("table"));
  await page.user.click(view.getByRole("button", { name: "Clean up…" }));
  const dialog = within(await view.findByRole("dialog"));
  const remove = await dialog.findByRole("button", { name: "Remove 1 item" });
  transport.answers["POST /prune"] = refusal(409, "The list has changed");
  await page.user.click(remove);
  await eventually("the reason", () => dialog.queryByText("The list has changed"));
  transport.answers["POST /prune"] = preview;
  await page.user.click(dialog.getByRole("button", { name: "List again" }));
  await eventually("the list", () => dialog.queryByRole("button", { name: "Remove 1 item" }));
});
