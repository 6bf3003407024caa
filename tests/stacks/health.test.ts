import type { Container } from "../../server/docker/container.ts";
import { projectHealth, servicesOf } from "../../server/stacks/health.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";

const up = fakeContainer("web", { service: "web" });
const done = { state: "exited", exitCode: 0, service: "job", finishedAt: 1 } as const;
const failed = { ...done, exitCode: 3 };

const CASES:
  readonly (readonly [what: string, containers: readonly Container[], health: string, message: string])[] = [
    ["no containers", [], "none", "No containers"],
    ["all running", [up], "running", "All services are running"],
    ["a completed one-shot", [up, fakeContainer("job", done)], "running", "All services are running"],
    [
      "only completed one-shots",
      [fakeContainer("job", done)],
      "exited",
      "All services have exited with code 0",
    ],
    [
      "a failed one-shot",
      [up, fakeContainer("job", failed)],
      "degraded",
      'Service "job" has exited with code 3',
    ],
    [
      "an exited service with a restart policy",
      [up, fakeContainer("job", { ...done, restarts: true })],
      "degraded",
      'Service "job" has exited with code 0',
    ],
    [
      "an OOM-killed service",
      [up, fakeContainer("job", { ...failed, exitCode: 137, outOfMemory: true })],
      "degraded",
      'Service "job" has exited with code 137 (out of memory)',
    ],
    ["an unhealthy service", [{ ...up, health: "unhealthy" }], "degraded", 'Service "web" is unhealthy'],
    [
      "one unhealthy service of two",
      [up, fakeContainer("db", { service: "db", health: "unhealthy" })],
      "degraded",
      'Service "db" is unhealthy',
    ],
    [
      "a service whose health check starts",
      [{ ...up, health: "starting" }],
      "running",
      "All services are running",
    ],
    [
      "a restarting service",
      [up, fakeContainer("db", { service: "db", state: "restarting" })],
      "degraded",
      'Service "db" is restarting',
    ],
    [
      "all services stopped",
      [fakeContainer("web", { ...failed, exitCode: 137, service: "web" })],
      "exited",
      'Service "web" has exited with code 137',
    ],
    [
      "a container of compose run",
      [up, fakeContainer("x", { ...failed, oneOff: true })],
      "running",
      "All services are running",
    ],
    [
      "a service that never started",
      [up, fakeContainer("db", { service: "db", state: "created", startedAt: null })],
      "degraded",
      'Service "db" is created',
    ],
  ];

for (const [what, containers, health, message] of CASES) {
  Deno.test(`health of a project with ${what}`, () => {
    assertEquals(projectHealth(containers), { health, message } as ReturnType<typeof projectHealth>);
  });
}

Deno.test("a service without a container has null values", () => {
  const none = { state: null, health: null, exitCode: null, containerId: null };
  assertEquals(servicesOf(["db", "web"], [up]), [
    { name: "db", ...none },
    { name: "web", state: "running", health: null, exitCode: null, containerId: up.id },
  ]);
});
