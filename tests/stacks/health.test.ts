import type { Container } from "../../server/docker/container.ts";
import { redactEnvValues } from "../../server/compose/env_values.ts";
import { projectHealth, servicesOf } from "../../server/stacks/health.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";

const up = fakeContainer("web", { service: "web" });
const done = { state: "exited", exitCode: 0, service: "job", finishedAt: 1 } as const;
const failed = { ...done, exitCode: 3 };

const CASES:
  readonly (readonly [what: string, containers: readonly Container[], health: string, message: string])[] = [
    ["nothing", [], "none", "No containers"],
    ["all run", [up], "running", "All services are running"],
    ["a one-shot is done", [up, fakeContainer("job", done)], "running", "All services are running"],
    ["only one-shots", [fakeContainer("job", done)], "exited", "All services have exited with code 0"],
    ["one failed", [up, fakeContainer("job", failed)], "degraded", 'Service "job" has exited with code 3'],
    [
      "it would start again",
      [up, fakeContainer("job", { ...done, restarts: true })],
      "degraded",
      'Service "job" has exited with code 0',
    ],
    [
      "out of memory",
      [up, fakeContainer("job", { ...failed, exitCode: 137, outOfMemory: true })],
      "degraded",
      'Service "job" has exited with code 137 (out of memory)',
    ],
    ["unhealthy", [{ ...up, health: "unhealthy" }], "degraded", 'Service "web" is unhealthy'],
    [
      "one unhealthy",
      [up, fakeContainer("db", { service: "db", health: "unhealthy" })],
      "degraded",
      'Service "db" is unhealthy',
    ],
    ["starting", [{ ...up, health: "starting" }], "running", "All services are running"],
    [
      "restarting",
      [up, fakeContainer("db", { service: "db", state: "restarting" })],
      "degraded",
      'Service "db" is restarting',
    ],
    [
      "all stopped",
      [fakeContainer("web", { ...failed, exitCode: 137, service: "web" })],
      "exited",
      'Service "web" has exited with code 137',
    ],
    [
      "made by compose run",
      [up, fakeContainer("x", { ...failed, oneOff: true })],
      "running",
      "All services are running",
    ],
    [
      "never started",
      [up, fakeContainer("db", { service: "db", state: "created", startedAt: null })],
      "degraded",
      'Service "db" is created',
    ],
  ];

for (const [what, containers, health, message] of CASES) {
  Deno.test(`a project's truth: ${what}`, () => {
    assertEquals(projectHealth(containers), { health, message } as ReturnType<typeof projectHealth>);
  });
}

Deno.test("services without a container are there with null", () => {
  const none = { state: null, health: null, exitCode: null, containerId: null };
  assertEquals(servicesOf(["db", "web"], [up]), [
    { name: "db", ...none },
    { name: "web", state: "running", health: null, exitCode: null, containerId: up.id },
  ]);
});

Deno.test("the values of an env text are cut out of what Compose says", () => {
  const hide = redactEnvValues("# note\nPASS='pa$$word'\nexport KEY=s3cr3t-value\r\nN=1\nEMPTY=\n");
  assertEquals(hide("pa$$word and pa$word, s3cr3t-value, N=1"), "[redacted] and [redacted], [redacted], N=1");
  assertEquals(
    hide('unexpected character in variable name near "SECRET x"'),
    "unexpected character in variable name near [redacted]",
  );
});
