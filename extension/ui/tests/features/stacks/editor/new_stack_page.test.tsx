import type { NewStack } from "../../../../../../server/protocol/stack_requests.ts";
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

Deno.test("creates a stack with its files in one request, also after a refused one", async () => {
  const { transport, client, feed } = await fakeStackFeed({});
  using _feed = feed;
  Object.assign(transport.answers, {
    "/stacks/draft": DRAFT,
    "/stacks/validate": { valid: true, services: ["web"], warnings: [] },
    "POST /stacks": refusal(507, "the disk is full"),
  });
  await using page = new TestPage(client);
  const view = page.render(<NewStackPage feed={feed} />);
  const create = async () => page.user.click(await view.findByRole("button", { name: "Create" }));
  await create();
  assert(await view.findByText(/the disk is full/));
  transport.answers["POST /stacks"] = stack();
  await create();
  await eventually("the page of the stack", () => location.hash === "#/stacks/12");
  const changes = transport.asked.filter((request) => /^(POST|PUT) \/stacks(\/12.*)?$/.test(request));
  assertEquals(changes, ["POST /stacks", "POST /stacks"]);
  const bodies = (transport.bodies as NewStack[]).filter(({ deploy }) => deploy !== undefined);
  const expected = ["shop", [{ path: "app.env", text: "A=1" }]];
  assertEquals(bodies.map(({ name, files }) => [name, files]), [expected, expected]);
});
