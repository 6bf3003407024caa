import { AppError } from "../../server/errors.ts";
import { toServices } from "../../server/swarm/lists.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { SERVICE } from "./fake_manager.ts";
import { swarms } from "./scene.ts";

Deno.test("a swarm has its nodes, stacks, services and tasks", async () => {
  const it = swarms();
  const { nodes, stacks, services, tasks } = await it.swarms.read("m");
  assertEquals(nodes, [{
    ...{ id: "fr9cjiwzuvm1lzfpm6y1qb7jz", name: "vm", role: "manager", leader: true, availability: "active" },
    ...{ state: "ready", address: "10.99.8.1", engine: "28.5.2", cpus: 2, memoryBytes: 1024 },
  }]);
  assertEquals(stacks, [{ name: "shop", services: 1, running: 2, wanted: 2, managed: false }]);
  assertEquals(services, [{
    ...{ id: SERVICE, name: "shop_web", stack: "shop", image: "shop-web:1", mode: "replicated" },
    ...{ running: 2, wanted: 2, update: null, canRollBack: true },
  }]);
  assertEquals(tasks.map(({ name, state }) => [name, state]), [["shop_web.2", "running"], [
    "shop_web.1",
    "running",
  ]]);
});

Deno.test("a host that is not a manager has no swarm", async () => {
  const it = swarms();
  it.manager.isManager = false;
  await assertRejects(() => it.swarms.read("m"), AppError, "is not a manager");
  await assertRejects(() => it.swarms.read("x"), AppError, "There is no host");
});

Deno.test("a service is scaled with a step for each task", async () => {
  const it = swarms();
  await (await it.swarms.scale("m", "shop_web", 3)).done;
  assertEquals(it.manager.replicas, 3);
  assertEquals(it.steps, [
    "warning: image could not be accessed",
    ...[3, 2, 1].map((slot) => `Container shop_web.${slot} Running done`),
  ]);
});

Deno.test("an update replaces the tasks of the same definition, and a rollback uses the earlier one", async () => {
  const it = swarms();
  await (await it.swarms.update("m", SERVICE)).done;
  assertEquals(it.manager.forced, 1);
  await (await it.swarms.rollBack("m", SERVICE)).done;
  assertEquals(
    it.manager.sent.findLast(({ method }) => method === "POST")?.path.split("&")[1],
    "rollback=previous",
  );
});

Deno.test("an update that the manager has paused is a failure with its reason", async () => {
  const it = swarms();
  it.manager.update = { State: "paused", Message: "update paused due to failure of task x" };
  it.manager.tasks = [{ slot: 1, state: "rejected", desired: "running", error: "No such image" }];
  const running = await it.swarms.update("m", SERVICE);
  await assertRejects(() => running.done, AppError, "No such image (update paused due to failure of task x)");
  assertEquals(it.steps.at(-1), "Container shop_web.1 Rejected warning: No such image");
});

Deno.test("an update that the manager rolls back is a failure with the first reason, once it is rolled back", async () => {
  const it = swarms();
  it.manager.tasks = [{ slot: 1, state: "running", desired: "running" }];
  it.manager.replicas = 1;
  it.manager.update = {
    State: "rollback_started",
    Message: "update rolled back due to failure or early termination of task x",
  };
  let readings = 0;
  it.manager.onTasks = () => {
    const isChanged = it.manager.sent.some(({ method }) => method === "POST");
    if (!isChanged || ++readings < 2) return;
    it.manager.update = { State: "rollback_completed", Message: "rollback completed" };
  };
  const running = await it.swarms.update("m", SERVICE);
  await assertRejects(() => running.done, AppError, "update rolled back due to failure or early termination");
  it.manager.onTasks = () => {};
  await (await it.swarms.rollBack("m", SERVICE)).done;
});

Deno.test("an operation locks its stack", async () => {
  const it = swarms();
  await (await it.swarms.scale("m", SERVICE, 1)).done;
  const [plan] = it.plans;
  assertEquals([plan?.project, plan?.target], ["shop", { kind: "service", name: "shop_web", id: SERVICE }]);
});

Deno.test("an unknown service is not found, and its name is not part of a path", async () => {
  const it = swarms();
  await assertRejects(() => it.swarms.scale("m", "../x", 1), AppError, "There is no service");
  assertEquals(it.manager.sent.some(({ path }) => path.includes("..")), false);
});

Deno.test("a drained node has no tasks at the end, and each is reported", async () => {
  const it = swarms();
  const node = "fr9cjiwzuvm1lzfpm6y1qb7jz";
  await (await it.swarms.setAvailability("m", node, "drain")).done;
  assertEquals(it.manager.availability, "drain");
  assertEquals(it.steps, ["Container shop_web.1 Stopping working", "Container shop_web.1 Shutdown done"]);
  assertEquals(
    it.manager.sent.findLast(({ method }) => method === "POST")?.path,
    `/nodes/${node}/update?version=7`,
  );
  const [plan] = it.plans;
  assertEquals([plan?.project, plan?.target, plan?.swarm], [
    null,
    { kind: "host", name: "vm", id: node },
    "c1",
  ]);
  for (const unknown of ["../x", "x"]) {
    await assertRejects(() => it.swarms.setAvailability("m", unknown, "drain"), AppError, "There is no node");
  }
});

Deno.test("tasks on a node that is down do not hold up a change", async () => {
  const it = swarms();
  it.manager.nodeState = "down";
  await (await it.swarms.setAvailability("m", "fr9cjiwzuvm1lzfpm6y1qb7jz", "drain")).done;
  assertEquals(it.steps, ["Container shop_web.1 Stopping working"]);
  it.manager.update = { State: "completed", Message: "" };
  it.manager.tasks = [
    { slot: 1, state: "running", desired: "shutdown" },
    { slot: 1, state: "running", desired: "running" },
  ];
  it.manager.replicas = 1;
  await (await it.swarms.update("m", SERVICE)).done;
  assertEquals(it.steps.at(-1), "Container shop_web.1 Running done");
});

Deno.test("a service is removed alone", async () => {
  const it = swarms();
  await (await it.swarms.remove("m", SERVICE)).done;
  assertEquals(it.manager.removed, [`/services/${SERVICE}`]);
});

Deno.test("the services of a large swarm are counted in one pass over its tasks", () => {
  let reads = 0;
  const tasks = Array.from({ length: 5000 }, (_, at) => ({
    ...{
      id: `t${at}`,
      name: "",
      nodeId: null,
      state: "running",
      wanted: "running",
      since: null,
      error: null,
    },
    ...{ containerId: null, hostId: null },
    get serviceId() {
      reads++;
      return `s${at}`;
    },
  }));
  const services = toServices(Array.from({ length: 1000 }, (_, at) => ({ ID: `s${at}` })), tasks);
  assertEquals(services.map(({ running }) => running), Array(1000).fill(1));
  assertEquals(reads, 5000);
});
