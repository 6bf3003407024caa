import { within } from "../../../../dom.ts";
import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import type { ImageUpdate } from "../../../../../../../server/protocol/images/updates.ts";
import type { DeploymentPlan } from "../../../../../../../server/protocol/stacks.ts";
import { plan, project, stack } from "../../../../fakes/messages.ts";
import { openStackPage } from "../../../../fakes/stack_page.tsx";
import { refusal } from "../../../../fakes/transport.ts";

/** Opens the review of a deployment with this plan. */
async function open(answer: DeploymentPlan | Error) {
  const stackPage = await openStackPage({ stacks: [stack({ pending_changes: true })] });
  stackPage.transport.answers["/stacks/plan"] = answer;
  stackPage.transport.answers["/stacks/12/deploy"] = {};
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Deploy" }));
  const dialog = within(await stackPage.view.findByRole("dialog"));
  return {
    ...stackPage,
    dialog,
    lines: async (section: string) => {
      const region = await dialog.findByRole("region", { name: section });
      return within(region).getAllByRole("listitem").map(({ textContent }) => textContent);
    },
    [Symbol.asyncDispose]: () => stackPage[Symbol.asyncDispose](),
  };
}

Deno.test("lists the services with reasons and downtime before a deployment", async () => {
  await using review = await open(plan());
  assertEquals(await review.lines("Services"), ["Recreatewebimage · about 3 s down"]);
  assertEquals(review.posts(), []);
});

Deno.test("names what is taken, and images, volumes and networks", async () => {
  await using review = await open(plan({
    images: [{ image: "nginx:1", action: "pull", services: ["web"] }],
    volumes: [{ name: "shop_data", action: "create", reason: null }],
    networks: [{ name: "shop_default", action: "unknown", reason: "cannot tell: its settings changed" }],
    clashes: [{ service: "web", message: 'port 80/tcp is taken by container "other"' }],
  }));
  assertEquals(await review.lines("Images"), ["Pullnginx:1web"]);
  assertEquals(await review.lines("Volumes"), ["Createshop_data"]);
  assertEquals(await review.lines("Networks"), ["Unknownshop_defaultits settings changed"]);
  assert(review.dialog.getByText('web: port 80/tcp is taken by container "other"'));
});

const KEPT = { action: "unchanged", reasons: [], containers: [], downtime: null } as const;

Deno.test("joins what stays", async () => {
  await using review = await open(plan({
    services: [{ ...KEPT, service: "a" }, { ...KEPT, service: "b" }, ...plan().services],
  }));
  assertEquals(await review.lines("Services"), ["Recreatewebimage · about 3 s down", "Keepa, b"]);
});

Deno.test("reports when nothing changes", async () => {
  await using none = await open(plan({ services: [{ ...KEPT, service: "a" }] }));
  assert(await none.dialog.findByText("Nothing changes: the containers match the Compose file."));
});

Deno.test("shows why the changes are not known, and deploys all the same", async () => {
  await using review = await open(refusal(503, "the engine is down"));
  assert(await review.dialog.findByText("the engine is down"));
  await review.page.user.click(review.dialog.getByRole("button", { name: "Deploy" }));
  assertEquals(review.posts(), ["POST /stacks/12/deploy"]);
});

Deno.test("deploys nothing after a cancel", async () => {
  await using review = await open(plan());
  await review.page.user.click(review.dialog.getByRole("button", { name: "Cancel" }));
  assertEquals(review.posts(), []);
});

/** An image of the host, as its registry answered last. */
function imageUpdate(changes: Partial<ImageUpdate> = {}): ImageUpdate {
  return {
    ...{ hostId: "Localhost", image: "nginx", state: "newer", reason: null, since: null, checkedAt: null },
    ...{ digest: `sha256:${"a".repeat(64)}`, newestDigest: `sha256:${"b".repeat(64)}`, newerTag: null },
    ...{ sourceUrl: null, containers: [] },
    ...changes,
  };
}

const PULLS = plan({ images: [{ image: "nginx:latest", action: "pull", services: ["web"] }] });

for (
  const [what, updates, detail] of [
    ["a newer image", [imageUpdate()], "web · newer image: aaaaaaaaaaaa → bbbbbbbbbbbb"],
    ["the current image", [imageUpdate({ state: "current" })], "web · current: aaaaaaaaaaaa"],
    [
      "a registry that did not answer",
      [imageUpdate({ state: "unknown", reason: "no answer" })],
      "web · cannot tell whether it is newer: no answer",
    ],
    ["an image that was never checked", [imageUpdate({ image: "other" })], "web"],
  ] as const
) {
  Deno.test(`an update is reviewed with ${what}`, async () => {
    await using stackPage = await openStackPage({ stacks: [stack()] });
    stackPage.transport.answers["/stacks/plan"] = PULLS;
    stackPage.transport.answers["/updates?host=Localhost"] = { checking: false, updates };
    await stackPage.choose(/^Update/);
    const images = within(
      await within(await stackPage.view.findByRole("dialog")).findByRole("region", {
        name: "Images",
      }),
    );
    assert(await images.findByText(detail));
    assertEquals(stackPage.transport.bodies, [{ stack_id: 12, command: "update" }]);
  });
}

Deno.test("an update is reviewed although the images of the host cannot be loaded", async () => {
  await using stackPage = await openStackPage({ stacks: [stack()] });
  stackPage.transport.answers["/updates?host=Localhost"] = refusal(503, "no answer");
  stackPage.transport.answers["/stacks/12/update"] = {};
  await stackPage.choose(/^Update/);
  await stackPage.confirm("Update");
  assertEquals(stackPage.posts(), ["POST /stacks/12/update"]);
});

Deno.test("the review of an adoption shows what the first deployment changes, and adopts nothing", async () => {
  await using stackPage = await openStackPage({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Adopt" }));
  const dialog = within(await stackPage.view.findByRole("dialog", { name: "Adopt “legacy”?" }));
  assert(await dialog.findByText("image · about 3 s down"));
  assert(dialog.getByText(/^Adopting changes no container/));
  await stackPage.page.user.click(dialog.getByRole("button", { name: "Cancel" }));
  assertEquals(stackPage.posts(), []);
});
