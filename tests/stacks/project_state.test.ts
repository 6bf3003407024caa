import type { Container } from "../../server/docker/container.ts";
import { projectState, servicesOf, type StateContext } from "../../server/stacks/project_state.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";

const NOW = Date.parse("2026-08-01T12:00:00Z");
const up = fakeContainer("web", { service: "web" });
const ended = { state: "exited", exitCode: 0, service: "job", finishedAt: 1 } as const;
const failed = { ...ended, exitCode: 3 };

function context(changes: Partial<StateContext> = {}): StateContext {
  return { wanted: undefined, stopped: false, now: () => NOW, ...changes };
}

function job(changes: Partial<Container>): Container {
  return fakeContainer("job", { service: "job", ...changes });
}

const CASES: readonly (readonly [
  what: string,
  containers: readonly Container[],
  state: string,
  message: string,
  changes?: Partial<StateContext>,
])[] = [
  ["no containers", [], "never_deployed", "It has no containers"],
  ["only a container of compose run", [job({ oneOff: true })], "never_deployed", "It has no containers"],
  [
    "containers that were never started",
    [job({ state: "created", startedAt: null })],
    "created",
    "No container has been started",
  ],
  ["all running", [up], "running", "All services are running"],
  ["a completed one-shot", [up, job(ended)], "running", "All services are running"],
  ["only completed one-shots", [job(ended)], "exited", "All services have exited with code 0"],
  ["a failed one-shot", [up, job(failed)], "degraded", 'Service "job" has exited with code 3'],
  ["only a failed service", [job(failed)], "degraded", 'Service "job" has exited with code 3'],
  [
    "an OOM-killed service",
    [up, job({ ...failed, exitCode: 137, outOfMemory: true })],
    "degraded",
    'Service "job" has exited with code 137 (out of memory)',
  ],
  [
    "a stopped service beside a running one",
    [up, job({ ...ended, exitCode: 137 })],
    "degraded",
    'Service "job" has exited with code 137',
  ],
  ["an unhealthy service", [{ ...up, health: "unhealthy" }], "degraded", 'Service "web" is unhealthy'],
  ["a paused service", [{ ...up, state: "paused" }], "degraded", 'Service "web" is paused'],
  [
    "a service whose health check starts",
    [{ ...up, health: "starting" }, job(failed)],
    "starting",
    "Some services are starting",
  ],
  [
    "a new container that restarts",
    [up, job({ state: "restarting", createdAt: NOW - 59_000 })],
    "starting",
    "Some services are starting",
  ],
  [
    "an old container that restarts",
    [up, job({ state: "restarting", createdAt: NOW - 61_000 })],
    "degraded",
    'Service "job" is restarting',
  ],
  [
    "a restarting container of unknown age",
    [up, job({ state: "restarting" })],
    "degraded",
    'Service "job" is restarting',
  ],
  [
    "all ended by a signal",
    [job({ ...ended, exitCode: 143 }), { ...up, state: "exited", exitCode: 137 }],
    "stopped",
    "All services are stopped",
  ],
  [
    "one killed, as an event has shown",
    [job({ ...ended, exitCode: 137, endedBy: "itself" })],
    "degraded",
    'Service "job" has exited with code 137',
  ],
  [
    "one stopped, as an event has shown",
    [job({ ...failed, endedBy: "stop" })],
    "stopped",
    "All services are stopped",
  ],
  [
    "one that a restart policy would have started again",
    [job({ ...ended, restarts: true })],
    "stopped",
    "All services are stopped",
  ],
  [
    "one stopped and one done",
    [job(ended), { ...up, state: "exited", exitCode: 143 }],
    "stopped",
    "All services are stopped",
  ],
  ["one that fails when it is stopped, after a stop", [job(failed)], "stopped", "All services are stopped", {
    stopped: true,
  }],
  [
    "one that ends with code 0 when it is stopped, after a stop",
    [job(ended)],
    "stopped",
    "All services are stopped",
    { stopped: true },
  ],
  ["fewer containers than wanted", [up], "degraded", 'Service "web" has 1 of 3 containers', {
    wanted: [{ name: "web", wanted: 3 }],
  }],
  ["a wanted service without a container", [up], "degraded", 'Service "db" has no container', {
    wanted: [{ name: "web", wanted: 1 }, { name: "db", wanted: 1 }],
  }],
  ["a service that is scaled to nothing", [up], "running", "All services are running", {
    wanted: [{ name: "web", wanted: 1 }, { name: "db", wanted: 0 }],
  }],
  ["a failed service that is no longer wanted", [up, job(failed)], "running", "All services are running", {
    wanted: [{ name: "web", wanted: 1 }],
  }],
  ["a dead container", [up, job({ state: "dead" })], "degraded", 'Service "job" is dead'],
];

for (const [what, containers, state, message, changes] of CASES) {
  Deno.test(`state of a project with ${what}`, () => {
    const { isAlive: _, ...found } = projectState(containers, context(changes));
    assertEquals<unknown>(found, { state, message });
  });
}

Deno.test("a project is alive while a process of it runs or will in a moment", () => {
  const isAlive = (...containers: Container[]) => projectState(containers, context()).isAlive;
  assertEquals([isAlive(up, job(failed)), isAlive(job({ state: "restarting" }))], [true, true]);
  assertEquals([isAlive(), isAlive(job(failed)), isAlive(job(ended))], [false, false, false]);
});

Deno.test("a service without a container has null values", () => {
  const [db] = servicesOf([up], context({ wanted: [{ name: "db", wanted: 2 }] }));
  assertEquals(db, {
    ...{ name: "db", state: null, health: null, exitCode: null, containerId: null },
    ...{ replicas: 0, wanted: 2, containers: [] },
  });
});

Deno.test("a service has one entry with all its containers by number, and the values of the worst", () => {
  const second = fakeContainer("web-2", { ...failed, service: "web", number: 2 });
  const [web, ...others] = servicesOf(
    [second, { ...up, number: 1 }],
    context({ wanted: [{ name: "web", wanted: 2 }] }),
  );
  assertEquals(others, []);
  const { containers, ...rest } = web!;
  assertEquals(rest, {
    ...{ name: "web", state: "exited", health: null, exitCode: 3, containerId: second.id },
    ...{ replicas: 1, wanted: 2 },
  });
  assertEquals(containers.map(({ id, exitCode, number }) => [id, exitCode, number]), [
    [up.id, null, 1],
    [second.id, 3, 2],
  ]);
});

Deno.test("a service of a project without a compose file wants the containers that it has", () => {
  const [web] = servicesOf([up, fakeContainer("web-2", { service: "web" })], context());
  assertEquals(web?.wanted, 2);
});

Deno.test("a service that the compose file does not have wants no container", () => {
  const services = servicesOf([up], context({ wanted: [{ name: "db", wanted: 1 }] }));
  assertEquals(services.map(({ name, wanted }) => [name, wanted]), [["db", 1], ["web", 0]]);
});
