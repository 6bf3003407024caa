import { within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { DeploymentPlan } from "../../../../../../server/protocol/stacks.ts";
import { plan, stack } from "../../../fakes/messages.ts";
import { openStackPage } from "../../../fakes/stack_page.tsx";
import { refusal } from "../../../fakes/transport.ts";

/** Opens the review of a deployment with this plan. */
async function open(answer: DeploymentPlan | Error) {
  const stackPage = await openStackPage({ stacks: [stack()] });
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
  assertEquals(await review.lines("Networks"), ["Unknownshop_defaultcannot tell: its settings changed"]);
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
