import { TestPage } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import type { ImageUpdate } from "../../../../../server/protocol/images/updates.ts";
import UpdatesPage from "../../../src/features/updates/updates_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { refusal } from "../../fakes/transport.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const ID = "a".repeat(64);

function update(changes: Partial<ImageUpdate> = {}): ImageUpdate {
  return {
    ...{ hostId: "Localhost", image: "nginx:1.27", state: "current", reason: null, since: null },
    ...{ checkedAt: "2026-08-01T12:00:00Z", digest: DIGEST, newestDigest: DIGEST, newerTag: null },
    sourceUrl: null,
    containers: [container()],
    ...changes,
  };
}

function container(changes: Partial<ImageUpdate["containers"][number]> = {}) {
  const service = { stackId: 3, policy: "notify", previousDigest: null, undone: null } as const;
  return { id: ID, name: "web", project: "shop", service: "web", ...service, ...changes };
}

function open(updates: readonly ImageUpdate[] | Error, about = {}) {
  const { transport, client } = fakeClient(about);
  transport.answers["/updates"] = updates instanceof Error ? updates : { checking: false, updates };
  const page = new TestPage(client);
  return { transport, page, view: page.render(<UpdatesPage />) };
}

Deno.test("lists updates first, then newer versions, then images without an answer", async () => {
  const { page, view } = open([
    update({ image: "current:1" }),
    update({ image: "unknown:1", state: "unknown", reason: "The registry cannot be reached." }),
    update({ image: "higher:1.0", newerTag: "1.1" }),
    update({ image: "newer:1", state: "newer", since: "2026-08-01T12:00:00Z" }),
  ]);
  await using _ = page;
  await view.findByText("newer:1");
  const names = view.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
  assertEquals(names, ["newer:1", "higher:1.0", "unknown:1", "current:1"]);
  assert(view.getByText("1 image has an update."));
  assert(view.getByText(/Version 1.1 is available/));
  assert(view.getByText("The registry cannot be reached."));
});

Deno.test("images that cannot be compared do not count as current", async () => {
  const { page, view } = open([
    update({ image: "built:1", state: "not_applicable", reason: "The image was built on this host." }),
  ]);
  await using _ = page;
  await view.findByText("built:1");
  assertEquals(view.queryByText("All images are current."), null);
});

Deno.test("links the containers and the stack of an image", async () => {
  const { page, view } = open([update()]);
  await using _ = page;
  const container = await view.findByRole("link", { name: "web" });
  assertEquals(container.getAttribute("href"), `#/containers/Localhost/${ID}`);
  const stack = view.getByRole("link", { name: "Open stack: shop" });
  assertEquals(stack.getAttribute("href"), "#/stacks/project/Localhost/shop");
});

Deno.test("asks the registries on request, and shows their answers", async () => {
  const { transport, page, view } = open([update()]);
  await using _ = page;
  await view.findByText("All images are up to date.");
  transport.answers["POST /updates/check?wait=1"] = {
    checking: false,
    updates: [update({ state: "newer", since: "2026-08-01T12:00:00Z" })],
  };
  await page.user.click(view.getByRole("button", { name: "Check now" }));
  assert(await view.findByText("Update available"));
});

Deno.test("reports a check that the server refused, and keeps the list", async () => {
  const { transport, page, view } = open([update()]);
  await using _ = page;
  await view.findByText("nginx:1.27");
  transport.answers["POST /updates/check?wait=1"] = refusal(403, "read-only");
  await page.user.click(view.getByRole("button", { name: "Check now" }));
  assert(await view.findByText("Could not check the images: read-only"));
  assert(view.getByText("nginx:1.27"));
});

Deno.test("disables the check on a read-only server", async () => {
  const { transport, page, view } = open([update()], { readOnly: true });
  await using _ = page;
  await page.user.click(await view.findByRole("button", { name: "Check now" }));
  assertEquals(transport.asked.filter((request) => request.startsWith("POST")), []);
});

Deno.test("explains that newer images need the token, and loads none", async () => {
  const { transport, page, view } = open([], { access: "view" });
  await using _ = page;
  assert(view.getByText("Sign in to see newer images."));
  assertEquals(transport.asked.includes("GET /updates"), false);
});

Deno.test("explains why a demo has no images", async () => {
  const { page, view } = open([], { simulated: true });
  await using _ = page;
  await eventually("the text", () => view.queryByText("Simulated containers have no images to compare."));
});

Deno.test("reports images that were not loaded", async () => {
  const { page, view } = open(refusal(500, "it broke"));
  await using _ = page;
  assert(await view.findByText("Cannot load the images: it broke"));
});

const NEWEST = `sha256:${"2".repeat(64)}`;

Deno.test("an update starts after a review of both digests, and opens the stack", async () => {
  const { transport, page, view } = open([update({ state: "newer", newestDigest: NEWEST })]);
  await using _ = page;
  transport.answers["POST /stacks/3/services/web/update"] = {};
  await page.user.click(await view.findByRole("button", { name: "Update shop/web…" }));
  assert(view.getByText(DIGEST));
  assert(view.getByText(NEWEST));
  await page.user.click(view.getByRole("button", { name: "Update" }));
  await eventually("the page of the stack", () => location.hash === "#/stacks/3");
  assertEquals(transport.asked.at(-1), "POST /stacks/3/services/web/update");
});

Deno.test("a service returns to the previous image in two clicks", async () => {
  const { transport, page, view } = open([update({ containers: [container({ previousDigest: NEWEST })] })]);
  await using _ = page;
  transport.answers["POST /stacks/3/services/web/rollback"] = {};
  await page.user.click(await view.findByRole("button", { name: "Roll back shop/web…" }));
  await page.user.click(view.getByRole("button", { name: "Roll back" }));
  await eventually("the request", () => transport.asked.at(-1) === "POST /stacks/3/services/web/rollback");
});

Deno.test("shows why an update was undone, and a refusal", async () => {
  const containers = [container({ undone: "it is unhealthy" })];
  const { transport, page, view } = open([update({ state: "newer", newestDigest: NEWEST, containers })]);
  await using _ = page;
  assert(await view.findByText("The last update was undone: it is unhealthy."));
  transport.answers["POST /stacks/3/services/web/update"] = refusal(409, "it is busy");
  await page.user.click(view.getByRole("button", { name: "Update shop/web…" }));
  await page.user.click(view.getByRole("button", { name: "Update" }));
  assert(await view.findByText("Could not start the operation: it is busy"));
});

Deno.test("a container without a stack has no actions", async () => {
  const containers = [container({ stackId: null, policy: null })];
  const { page, view } = open([update({ state: "newer", newestDigest: NEWEST, containers })]);
  await using _ = page;
  await view.findByText("nginx:1.27");
  assertEquals(view.queryByRole("button", { name: /shop.web/ }), null);
});
