import { AppError } from "../../../server/errors.ts";
import { checkProjectUntaken, hasProject } from "../../../server/stacks/run/taken_names.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";

const NAME = { hostId: "m", name: "shop" };
const NO_SWARM = { isOn: () => false };

Deno.test("a Compose stack cannot have the name of a swarm stack, also without tasks on its host", () => {
  assertThrows(() => checkProjectUntaken(NAME, { isOn: () => true }, []), AppError, "the swarm of host");
  const task = fakeContainer("a", { project: "shop", service: "web", swarmTask: true });
  assertThrows(() => checkProjectUntaken(NAME, NO_SWARM, [task]), AppError, "the swarm of host");
});

Deno.test("a Compose stack cannot have the name of another project", () => {
  const other = fakeContainer("a", { project: "shop", service: "web" });
  assertThrows(() => checkProjectUntaken(NAME, NO_SWARM, [other]), AppError, "adopt it");
  checkProjectUntaken({ ...NAME, name: "new" }, NO_SWARM, [other]);
});

Deno.test("a host has a Compose project by its stack or its containers, and not by tasks of a swarm stack", () => {
  const project = fakeContainer("a", { project: "shop", service: "web" });
  const task = fakeContainer("a", { project: "shop", service: "web", swarmTask: true });
  const free = { named: () => undefined };
  assertEquals(hasProject(NAME, free, [project]), true);
  assertEquals(hasProject(NAME, { named: () => ({}) as never }, []), true);
  assertEquals(hasProject(NAME, free, [task]), false);
});
