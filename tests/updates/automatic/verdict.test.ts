import { assert, assertEquals } from "../../assert.ts";
import {
  type CheckedContainer,
  runsOf,
  type Verdict,
  verdictOf,
} from "../../../server/updates/automatic/verdict.ts";

function container(changes: Partial<CheckedContainer> = {}): CheckedContainer {
  return {
    ...{ id: "a", state: "running", health: null, startedAt: 1, exitCode: 0 },
    ...{ restarts: true, service: "web", oneOff: false },
    ...changes,
  };
}

const CASES: readonly (readonly [Verdict, Partial<CheckedContainer>])[] = [
  ["healthy", { health: "healthy" }],
  ["running", { health: null }],
  ["waiting", { health: "starting" }],
  ["failed", { health: "unhealthy" }],
  ["waiting", { state: "restarting" }],
  ["waiting", { state: "created" }],
  ["failed", { state: "dead" }],
  ["waiting", { state: "exited", exitCode: 1, restarts: true }],
  ["failed", { state: "exited", exitCode: 1, restarts: false }],
  ["healthy", { state: "exited", exitCode: 0, restarts: false }],
  ["waiting", { oneOff: true }],
  ["waiting", { service: "db" }],
  ["waiting", { state: "removed" }],
];
for (const [verdict, changes] of CASES) {
  Deno.test(`a container with ${JSON.stringify(changes)} is ${verdict}`, () => {
    assertEquals(verdictOf(["web"], [container(changes)]), verdict);
  });
}

Deno.test("one unhealthy container of several makes an update fail", () => {
  const all = [container({ health: "healthy" }), container({ id: "b", health: "unhealthy" })];
  assertEquals(verdictOf(["web"], all), "failed");
});

Deno.test("an update waits for the services that follow it", () => {
  assertEquals(verdictOf(["web", "vpn"], [container({ health: "healthy" })]), "waiting");
});

Deno.test("the runs of containers change with a restart, and not with their order", () => {
  const [one, other] = [container(), container({ id: "b" })];
  assertEquals(runsOf(["web"], [one, other]), runsOf(["web"], [other, one]));
  assert(runsOf(["web"], [one]) !== runsOf(["web"], [container({ startedAt: 2 })]));
});
