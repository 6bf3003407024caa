import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import {
  countServices,
  filtered,
  isHostKnown,
  keyOf,
  newestOf,
  NOTHING_KNOWN,
  reused,
  serviceState,
  serviceWords,
  sorted,
  withoutContainers,
} from "../../../../src/features/stacks/model/stack_list.ts";

function service(state: string | null, more: Partial<StackService> = {}): StackService {
  return { name: "web", state, health: null, exitCode: null, containerId: null, ...more };
}

function stack(name: string, more: Partial<Stack> = {}): Stack {
  return {
    stack_id: null,
    name,
    hostId: "Localhost",
    status: "running",
    managed: false,
    services: [service("running")],
    operation: null,
    created_at: null,
    updated_at: null,
    ...more,
  };
}

function operation(operation_id: number, more: Partial<Operation>): Operation {
  return {
    operation_id,
    stack_id: 12,
    project: "web",
    hostId: "Localhost",
    action: "deploying",
    state: "failed",
    created_at: "2026-08-01T12:00:00.000Z",
    started_at: null,
    ended_at: null,
    exit_code: null,
    error: null,
    ...more,
  };
}

const SERVICES: readonly (readonly [service: StackService, state: string, words: string])[] = [
  [service("running"), "running", "Running"],
  [service("running", { health: "healthy" }), "running", "Running, healthy"],
  [service("running", { health: "unhealthy" }), "failed", "Running, unhealthy"],
  [service("running", { health: "starting" }), "starting", "Running, health is checked"],
  [service("exited", { exitCode: 0 }), "done", "Exited with 0"],
  [service("exited", { exitCode: 3 }), "failed", "Exited with 3"],
  [service("restarting", { exitCode: 1 }), "failed", "Restarting"],
  [service("created"), "created", "Created"],
  [service("paused"), "paused", "Paused"],
  [service(null), "missing", "No container"],
];

for (const [one, state, words] of SERVICES) {
  Deno.test(`a service that reads "${words}" counts as ${state}`, () => {
    assertEquals([serviceState(one, false), serviceWords(one)], [state, words]);
  });
}

Deno.test("a container that a stop has ended is no failure", () => {
  assertEquals(serviceState(service("exited", { exitCode: 137 }), true), "stopped");
});

Deno.test("services are counted by how they are", () => {
  const services = [
    service("running"),
    service("running"),
    service("exited", { exitCode: 3 }),
    service(null),
  ];
  assertEquals(countServices({ services, status: "degraded" }), "2 running, 1 failed, 1 without container");
  assertEquals(countServices({ services: [], status: "pending" }), "None");
});

Deno.test("a stack without any container cannot be started, unless its host cannot be read", () => {
  const made = service("created", { containerId: "7c3c9cd8e023" });
  const unmade = [service(null), service(null)];
  const all = [
    [{ managed: true, services: unmade }, true],
    [{ managed: true, services: [] }, true],
    [{ managed: true, services: [service(null), made] }, true],
    [{ managed: true, services: unmade }, false],
    [{ managed: false, services: unmade }, true],
  ] as const;
  assertEquals(all.map(([one, isKnown]) => withoutContainers(one, isKnown) !== undefined), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("a stack and its operations have the same key, and so have a project and its", () => {
  assertEquals(keyOf(stack("web", { stack_id: 12 })), keyOf(operation(1, {})));
  assertEquals(keyOf(stack("shop")), keyOf(operation(1, { stack_id: null, project: "shop" })));
});

Deno.test("the newest operation counts", () => {
  const newest = newestOf([operation(3, { stack_id: 7 }), operation(2, {}), operation(1, {})]);
  assertEquals([...newest].map(([key, { operation_id }]) => [key, operation_id]), [["#12", 2], ["#7", 3]]);
});

Deno.test("of a host that does not answer nothing is known", () => {
  const hosts = [{ hostId: "Localhost", state: "up" }, {
    hostId: "nas",
    state: "down",
  }] as unknown as HostReport[];
  assertEquals(["Localhost", "nas", "gone"].map((hostId) => isHostKnown({ hosts }, hostId)), [
    true,
    false,
    false,
  ]);
});

Deno.test("stacks stand by name, then by host", () => {
  const all = [stack("b"), stack("a", { hostId: "nas" }), stack("a")];
  assertEquals(sorted(all).map(({ name, hostId }) => `${name} ${hostId}`), [
    "a Localhost",
    "a nas",
    "b Localhost",
  ]);
});

Deno.test("stacks are found by name, host and service, in any case", () => {
  const all = [
    stack("shop"),
    stack("blog", { hostId: "nas" }),
    stack("wiki", { services: [service("running", { name: "db" })] }),
  ];
  const found = (words: string) => filtered(all, words).map(({ name }) => name).join();
  assertEquals(["SHO", "nas", " db ", "", "none"].map(found), ["shop", "blog", "wiki", "shop,blog,wiki", ""]);
});

Deno.test("what an answer says again is the same object as before", () => {
  const list = () => ({
    ...NOTHING_KNOWN,
    known: true,
    stacks: [stack("a"), stack("b")],
    newest: newestOf([operation(1, {})]),
  });
  const before = list();
  assert(reused(before, list()) === before);
  const after = reused(before, { ...list(), stacks: [stack("a"), stack("b", { status: "degraded" })] });
  assert(after !== before && after.stacks[0] === before.stacks[0] && after.stacks[1] !== before.stacks[1]);
  assert(after.newest.get("#12") === before.newest.get("#12"));
});
