import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import SwarmStackPage from "../../../../src/features/stacks/swarm/swarm_stack_page.tsx";
import { Refusal } from "../../../../src/lib/transport/transport.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { refusal } from "../../../fakes/transport.ts";

const PATH = "/swarm/m/stacks/shop";
const TEXTS = {
  ...{ name: "shop", compose: "services:\n  web:\n    image: a:2\n", env: "A=1", version: 2 },
  deployed_at: "2026-08-01T12:00:00Z",
  versions: [
    { version: 2, deployed_at: "2026-08-01T12:00:00Z" },
    { version: 1, deployed_at: "2026-07-01T12:00:00Z" },
  ],
};
const ENDED = {
  ...{ operation_id: 7, state: "succeeded", messages: ["Stack deployed"], warnings: [], error: null },
  events: [{
    type: "stack-progress",
    data: {
      ...{ resource: { kind: "container", name: "shop_web.1", parent: null }, state: "done" },
      ...{ verb: "Running", message: "Container shop_web.1 Running" },
    },
  }],
};

const NO_DRAFT = {
  name: null,
  hostId: null,
  compose: null,
  env: null,
  files: [],
  removed: [],
  saved_at: null,
};

function open(name: string | undefined, draft = {}) {
  const { transport, client } = fakeClient();
  transport.answers[PATH] = TEXTS;
  transport.answers[name === undefined ? "/swarm/m/draft" : `${PATH}/draft`] = { ...NO_DRAFT, ...draft };
  transport.answers["/operations/7"] = ENDED;
  const page = new TestPage(client);
  return { transport, page, view: page.render(<SwarmStackPage hostId="m" name={name} />) };
}

Deno.test("the stored texts of a stack are deployed again, with the steps of its tasks", async () => {
  const { page, view, transport } = open("shop");
  await using _ = page;
  const button = await view.findByRole("button", { name: "Deploy" });
  transport.answers[`PUT ${PATH}`] = { operation_id: 7, stack_id: null };
  await page.user.click(button);
  await view.findByText("Stack deployed");
  assert(view.getByText("shop_web.1"));
  assertEquals(transport.bodies, [{ compose: TEXTS.compose, env: TEXTS.env }]);
});

Deno.test("errors of a text are listed with their lines", async () => {
  const { page, view, transport } = open("shop");
  await using _ = page;
  const button = await view.findByRole("button", { name: "Deploy" });
  const errors = [{ path: "compose.services.web.env_file", line: 4, column: 5, message: "found env_file" }];
  const { problem } = refusal(422, "Cannot use this stack");
  transport.answers[PATH] = new Refusal({ ...problem, errors });
  await page.user.click(button);
  await view.findByText("Line 4, column 5");
  assert(view.getByText("found env_file"));
});

Deno.test("a name that another stack of the swarm has is replaced only on request", async () => {
  const { page, view, transport } = open(undefined);
  await using _ = page;
  const button = await view.findByRole("button", { name: "Deploy" });
  assertEquals(button.getAttribute("aria-disabled"), "true");
  await page.user.type(view.getByLabelText(/Name/), "shop");
  transport.answers[PATH] = refusal(409, "the swarm has a stack of this name that DockStat did not deploy");
  await page.user.click(button);
  await page.user.click(await view.findByRole("checkbox", { name: "Replace the stack of this name" }));
  transport.answers[`${PATH}?replace=1`] = { operation_id: 7, stack_id: null };
  await page.user.click(button);
  await view.findByText("Stack deployed");
  assert(transport.asked.includes(`PUT ${PATH}?replace=1`));
});

Deno.test("texts that cannot be loaded are reported", async () => {
  const { page, view, transport } = open(undefined);
  await using _ = page;
  transport.answers[PATH] = refusal(404, "DockStat has no texts");
  view.rerender(<SwarmStackPage hostId="m" name="shop" />);
  await view.findByText("Cannot load the texts: DockStat has no texts");
});

Deno.test("texts of an earlier visit are shown, and discarding them returns to the stored ones", async () => {
  const { page, view, transport } = open("shop", { env: "A=typed", saved_at: "2026-08-01T12:00:00Z" });
  await using _ = page;
  await page.user.click(await view.findByRole("button", { name: "Discard changes" }));
  await eventually("the removal", () => transport.bodies.length === 1);
  assertEquals(transport.bodies, [{ env: null }]);
  assert(transport.asked.includes(`PUT ${PATH}/draft`));
});

Deno.test("the typed name of a new stack is stored", async () => {
  const { page, view, transport } = open(undefined);
  await using _ = page;
  await page.user.type(await view.findByRole("textbox", { name: /Name/ }), "shop");
  await eventually("the draft", () => transport.bodies.length > 0);
  assertEquals(transport.bodies.at(-1), { name: "shop" });
});
