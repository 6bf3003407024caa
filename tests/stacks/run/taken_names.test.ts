import { AppError } from "../../../server/errors.ts";
import { checkProjectUntaken, checkSwarmName } from "../../../server/stacks/run/taken_names.ts";
import { assertThrows } from "../../assert.ts";
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

Deno.test("a swarm stack cannot have the name of a Compose stack or project, and may have that of tasks it owns", () => {
  const project = fakeContainer("a", { project: "shop", service: "web" });
  const free = { named: () => undefined };
  assertThrows(() => checkSwarmName(NAME, free, [project]), AppError, "a Compose project of this name");
  assertThrows(() => checkSwarmName(NAME, { named: () => ({}) as never }, []), AppError, "a Compose project");
  checkSwarmName(NAME, free, [fakeContainer("a", { project: "shop", service: "web", swarmTask: true })]);
});
