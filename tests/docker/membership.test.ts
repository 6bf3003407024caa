import { toContainer } from "../../server/docker/container.ts";
import { toContainerEvent } from "../../server/docker/container_event.ts";
import { isOfProject, membershipOf, withoutStack } from "../../server/docker/text/membership.ts";
import { assertEquals } from "../assert.ts";

const ID = "a".repeat(64);
const TASK = {
  "com.docker.swarm.node.id": "n1",
  "com.docker.swarm.service.id": "s1",
  "com.docker.swarm.service.name": "shop_web",
  "com.docker.swarm.task": "",
  "com.docker.swarm.task.id": "x9vevqja6xh8epzzytntbx2kv",
  "com.docker.swarm.task.name": "shop_web.2.x9vevqja6xh8epzzytntbx2kv",
};
/** Labels of an image that Compose has built. */
const BUILT = { "com.docker.compose.project": "blog", "com.docker.compose.service": "db" };
const STACK = { ...TASK, "com.docker.stack.namespace": "shop" };

Deno.test("a task has the project and the service of its stack file", () => {
  assertEquals(membershipOf(STACK), { project: "shop", service: "web", number: 2, swarmTask: true });
});

Deno.test("a task of a service without a stack has the service alone", () => {
  assertEquals(membershipOf(TASK), { project: null, service: "shop_web", number: 2, swarmTask: true });
});

Deno.test("a container of Compose whose image has labels of Swarm stays in its project", () => {
  const labels = { ...STACK, ...BUILT, "com.docker.compose.container-number": "1" };
  assertEquals(membershipOf(labels), { project: "blog", service: "db", number: 1, swarmTask: false });
});

Deno.test("a task keeps its stack when Compose has built its image", () => {
  assertEquals(membershipOf({ ...STACK, ...BUILT }).project, "shop");
});

Deno.test("the label of a stack has no effect without those of a task", () => {
  assertEquals(membershipOf({ "com.docker.stack.namespace": "shop" }), {
    ...{ project: null, service: null, number: null, swarmTask: false },
  });
});

Deno.test("a task of a global service has no number", () => {
  const name = "shop_agent.k1n0s6pm2ojlqeg5rgyfxgnaa.x9vevqja6xh8epzzytntbx2kv";
  assertEquals(membershipOf({ ...STACK, "com.docker.swarm.task.name": name }).number, null);
});

Deno.test("labels of other types count as absent", () => {
  assertEquals(membershipOf({ ...STACK, "com.docker.swarm.service.name": 7 }).service, null);
});

Deno.test("the list and the events show the stack of a task", () => {
  const { project, service } = toContainer({ Id: ID, Labels: STACK });
  assertEquals([project, service], ["shop", "web"]);
  const event = toContainerEvent({ Action: "start", Actor: { ID, Attributes: STACK } });
  assertEquals([event?.project, event?.service], ["shop", "web"]);
});

Deno.test("a Swarm stack is not the Compose project of the same name", () => {
  assertEquals(isOfProject({ project: "shop", swarmTask: true }, "shop"), false);
  assertEquals(isOfProject({ project: "shop", swarmTask: false }, "shop"), true);
});

Deno.test("a service keeps its name when only the stack is in it", () => {
  assertEquals([withoutStack("shop_", "shop"), withoutStack("shopper_web", "shop")], [
    "shop_",
    "shopper_web",
  ]);
});
