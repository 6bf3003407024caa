import { TestPage, within } from "../../dom.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";
import type { Swarm } from "../../../../../server/protocol/swarm/swarm.ts";
import SwarmPage from "../../../src/features/swarm/swarm_page.tsx";
import { operation } from "../../fakes/messages.ts";
import { fakeClient } from "../../fakes/client.ts";
import { refusal } from "../../fakes/transport.ts";

const NODE = {
  ...{ id: "n1abcdef", name: "alpha", role: "manager", leader: true, availability: "active", state: "ready" },
  ...{ address: "10.0.0.1", engine: "28.5.2", cpus: 2, memoryBytes: 1024 },
};
const SERVICE = {
  ...{ id: "s1", name: "shop_web", stack: "shop", image: "web:1", mode: "replicated", running: 1, wanted: 2 },
  ...{ update: null, canRollBack: false },
};
const TASK = {
  ...{
    id: "t1",
    serviceId: "s1",
    name: "shop_web.1",
    nodeId: "n1abcdef",
    state: "running",
    wanted: "running",
  },
  ...{ since: null, error: null, containerId: null, hostId: null },
};
const SWARM: Swarm = {
  id: "c1",
  operations: [],
  hostId: "manager",
  nodes: [NODE],
  stacks: [{ name: "shop", services: 1, running: 1, wanted: 2, managed: true }],
  services: [SERVICE],
  tasks: [TASK, { ...TASK, id: "t2", name: "shop_web.2", state: "rejected", error: "No such image: web:1" }],
};

function open(swarm: Swarm | Error = SWARM, about = {}) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = [{ hostId: "manager", state: "up" }, {
    hostId: "gone",
    state: "down",
  }];
  transport.answers["/swarm/manager"] = swarm;
  const page = new TestPage(client);
  return { transport, page, view: page.render(<SwarmPage />) };
}

Deno.test("shows nodes, services with their numbers, and tasks with their errors", async () => {
  const { page, view } = open();
  await using _ = page;
  await view.findByText("shop_web");
  assert(view.getByText("1 / 2"));
  assert(view.getByText("manager, leader"));
  assert(view.getByText("running on alpha (n1abc)"));
  assert(view.getByText("No such image: web:1"));
});

Deno.test("the name of a task links to its container where the node is a host", async () => {
  const task = { ...TASK, containerId: "c0", hostId: "alpha/1" };
  const elsewhere = { ...task, id: "t2", name: "shop_web.2", hostId: null };
  const starting = { ...TASK, id: "t3", name: "shop_web.3", hostId: "alpha/1" };
  const { page, view } = open({ ...SWARM, tasks: [task, elsewhere, starting] });
  await using _ = page;
  const link = await view.findByRole("link", { name: "shop_web.1" });
  assertEquals(link.getAttribute("href"), "#/containers/alpha%2F1/c0");
  assert(view.getByText("shop_web.2"));
  assertEquals(view.queryAllByRole("link", { name: /shop_web/ }).length, 1);
});

Deno.test("a host that is not a manager has no swarm", async () => {
  const { page, view } = open(refusal(404, "Host “manager” is not a manager of a swarm"));
  await using _ = page;
  await view.findByText("No swarm");
});

Deno.test("a simulated host has no swarm, and is not asked for one", async () => {
  const { page, view, transport } = open(SWARM, { simulated: true });
  await using _ = page;
  await view.findByText("No swarm");
  assert(!transport.asked.some((request) => request.includes("/swarm/")));
});

Deno.test("scaling asks for the number and sends it", async () => {
  const { page, view, transport } = open();
  await using _ = page;
  transport.answers["/swarm/manager/services/s1/scale"] = { operation_id: 7, stack_id: null };
  transport.answers["/operations/7"] = { state: "succeeded", messages: ["Service scaled"], error: null };
  await page.user.click(await view.findByRole("button", { name: "Scale" }));
  const dialog = within(await view.findByRole("dialog"));
  const field = dialog.getByLabelText("Tasks");
  const confirm = dialog.getByRole("button", { name: "Scale" });
  await page.user.clear(field);
  assert(confirm.hasAttribute("disabled"));
  await page.user.type(field, "5");
  await page.user.click(confirm);
  await view.findByText("Service scaled");
  assert(transport.asked.includes("POST /swarm/manager/services/s1/scale"));
  assertEquals(transport.bodies, [{ replicas: 5 }]);
});

Deno.test("a stack that DockStat has deployed is deployed again with its stored texts", async () => {
  const { page, view, transport } = open();
  await using _ = page;
  const stack = "/swarm/manager/stacks/shop";
  transport.answers[stack] = { compose: "services: {}", env: "A=1", operation_id: 7, stack_id: null };
  transport.answers["/operations/7"] = { state: "succeeded", messages: ["Stack deployed"], error: null };
  assert(await view.findByRole("button", { name: "Edit" }));
  await page.user.click(view.getByRole("button", { name: "Redeploy" }));
  await page.user.click(within(await view.findByRole("dialog")).getByRole("button", { name: "Redeploy" }));
  await view.findByText("Stack deployed");
  assertEquals(transport.bodies, [{ compose: "services: {}", env: "A=1" }]);
});

Deno.test("a stack that DockStat has not deployed cannot be edited", async () => {
  const stacks = SWARM.stacks.map((stack) => ({ ...stack, managed: false }));
  const { page, view } = open({ ...SWARM, stacks });
  await using _ = page;
  await view.findByText("shop_web");
  assertEquals(view.queryByRole("button", { name: "Edit" }), null);
});

Deno.test("a client without the token is asked to sign in", async () => {
  const { page, view } = open(SWARM, { access: "view" });
  await using _ = page;
  await view.findByText("Sign in to see swarms.");
});

Deno.test("a node is drained after a confirmation", async () => {
  const { page, view, transport } = open();
  await using _ = page;
  transport.answers["/swarm/manager/nodes/n1abcdef/availability"] = { operation_id: 7, stack_id: null };
  transport.answers["/operations/7"] = { state: "succeeded", messages: ["Node drained"], error: null };
  await page.user.click(await view.findByRole("button", { name: "Actions for node alpha (n1abc)" }));
  await page.user.click(await view.findByRole("menuitem", { name: /Drain/ }));
  await page.user.click(within(await view.findByRole("dialog")).getByRole("button", { name: "Drain" }));
  await view.findByText("Node drained");
  assertEquals(transport.bodies, [{ availability: "drain" }]);
});

const RUNNING = operation({
  ...{ stack_id: null, project: "shop", hostId: "other", action: "deploying", swarm: "c1" },
  ...{ target: { kind: "stack", name: "shop", id: null }, state: "running", error: null, ended_at: null },
});

Deno.test("an operation of another tab or manager is listed, and its stack cannot be changed meanwhile", async () => {
  const { page, view } = open({ ...SWARM, operations: [RUNNING] });
  await using _ = page;
  const activity = within(await view.findByRole("region", { name: "Activity" }));
  assert(activity.getByText("Deploying shop"));
  assert(activity.getByText(/^running, .* through other$/));
  assertEquals(view.getByRole("button", { name: "Update" }).getAttribute("aria-disabled"), "true");
});

Deno.test("the failure of the newest operation is listed with its reason", async () => {
  const failed = { ...RUNNING, state: "failed", error: "No such image: web:1\nmore" } as const;
  const { page, view } = open({ ...SWARM, operations: [failed] });
  await using _ = page;
  const activity = within(await view.findByRole("region", { name: "Activity" }));
  assert(activity.getByText("No such image: web:1"));
  assertEquals(view.getByRole("button", { name: "Update" }).getAttribute("aria-disabled"), null);
});

Deno.test("a swarm with two managers among the hosts is shown once", async () => {
  const { page, view, transport } = open();
  await using _ = page;
  transport.answers["/docker/hosts"] = [{ hostId: "manager", state: "up" }, { hostId: "two", state: "up" }];
  transport.answers["/swarm/two"] = { ...SWARM, hostId: "two" };
  await view.findByText("shop_web");
  assertEquals(view.getAllByText("shop_web").length, 1);
});

Deno.test("an update that has ended is not mentioned, and one that is paused is", async () => {
  for (const [state, shown] of [["rollback_completed", false], ["paused", true]] as const) {
    const services = [{ ...SERVICE, update: { state, message: "The note" } }];
    const { page, view } = open({ ...SWARM, services });
    await using _ = page;
    await view.findByText("shop_web");
    assertEquals(view.queryByText("The note") !== null, shown);
  }
});

Deno.test("a host that cannot be asked does not hide the swarm of another one", async () => {
  const { page, view, transport } = open();
  await using _ = page;
  transport.answers["/docker/hosts"] = [{ hostId: "dead", state: "up" }, { hostId: "manager", state: "up" }];
  transport.answers["/swarm/dead"] = refusal(503, "Host “dead” cannot be read now");
  await view.findByText("shop_web");
  assertEquals(view.queryByRole("alert"), null);
});

Deno.test("a failure is shown when no swarm can be loaded", async () => {
  const { page, view } = open(refusal(503, "Host “manager” cannot be read now"));
  await using _ = page;
  await view.findByText(/Cannot load the swarm: .*cannot be read now/);
});
