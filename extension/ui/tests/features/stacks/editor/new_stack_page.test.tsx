import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { NewStackPage } from "../../../../src/features/stacks/editor/new_stack_page.tsx";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";
import { stack } from "../../../fakes/messages.ts";
import { refusal } from "../../../fakes/transport.ts";

const DRAFT = {
  ...{ name: "shop", hostId: null, compose: "services: {}\n", env: null, removed: [], saved_at: null },
  files: [{ path: "app.env", text: "A=1" }],
};

// The page loads its editor on demand. Loading it here keeps that out of the test.
await import("../../../../src/features/stacks/editor/text_editor.tsx");

Deno.test("continues with the stack that a failed attempt has created", async () => {
  const { transport, client, feed } = await fakeStackFeed({});
  using _feed = feed;
  Object.assign(transport.answers, {
    "/stacks/draft": DRAFT,
    "/stacks/validate": { valid: true, services: ["web"], warnings: [] },
    "POST /stacks": stack(),
    "PUT /stacks/12": refusal(507, "the disk is full"),
  });
  await using page = new TestPage(client);
  const view = page.render(<NewStackPage feed={feed} />);
  const create = async () => page.user.click(await view.findByRole("button", { name: "Create" }));
  await create();
  assert(await view.findByText(/“shop” was created without all of its files\. .*the disk is full/));
  transport.answers["PUT /stacks/12"] = stack();
  await create();
  await eventually("the page of the stack", () => location.hash === "#/stacks/12");
  const changes = transport.asked.filter((request) => /^(POST|PUT) \/stacks(\/12.*)?$/.test(request));
  assertEquals(changes, ["POST /stacks", "PUT /stacks/12", "PUT /stacks/12"]);
});
