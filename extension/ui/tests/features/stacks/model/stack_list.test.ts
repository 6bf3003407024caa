import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import {
  containerState,
  filtered,
  hasPendingChanges,
  keyOf,
  newestOf,
  NOTHING_KNOWN,
  operationSpan,
  reused,
  serviceState,
  sorted,
} from "../../../../src/features/stacks/model/stack_list.ts";
import {
  containerLabel,
  countServices,
  replicasLabel,
  serviceLabel,
} from "../../../../src/features/stacks/model/labels_services.ts";
import {
  lastOperation,
  operation as anOperation,
  project,
  service as aService,
  serviceContainer,
} from "../../../fakes/messages.ts";
import { containersObstacle } from "../../../../src/features/stacks/parts/obstacles.ts";

function service(state: string | null, more: Partial<StackService> = {}): StackService {
  const replicas = state === "running" ? 1 : 0;
  return aService({ state, replicas, containerId: null, containers: [], ...more });
}

function stack(name: string, more: Partial<Stack> = {}): Stack {
  return project({ name, services: [service("running")], ...more });
}

function operation(operation_id: number, more: Partial<Operation>): Operation {
  return anOperation({ operation_id, project: "web", started_at: null, ended_at: null, ...more });
}

const SERVICES: readonly (readonly [service: StackService, state: string, label: string])[] = [
  [service("running"), "running", "Running"],
  [service("running", { health: "healthy" }), "running", "Running, healthy"],
  [service("running", { health: "unhealthy" }), "failed", "Running, unhealthy"],
  [service("running", { health: "starting" }), "starting", "Running, checking health"],
  [service("exited", { exitCode: 0 }), "completed", "Completed"],
  [service("exited", { exitCode: 3 }), "failed", "Exited with code 3"],
  [service("restarting", { exitCode: 1 }), "failed", "Restarting"],
  [service("created"), "created", "Created"],
  [service("paused"), "paused", "Paused"],
  [service(null), "missing", "Not created"],
  [service(null, { wanted: 0 }), "off", "Off"],
];

for (const [one, state, label] of SERVICES) {
  Deno.test(`counts a service that is labelled "${label}" as ${state}`, () => {
    assertEquals([serviceState(one, "degraded"), serviceLabel(one)], [state, label]);
  });
}

Deno.test("does not count a container that was stopped as failed", () => {
  assertEquals(serviceState(service("exited", { exitCode: 137 }), "stopped"), "stopped");
});

Deno.test("counts services by state", () => {
  const services = [
    service("running"),
    service("running"),
    service("exited", { exitCode: 3 }),
    service(null),
  ];
  assertEquals(countServices({ services, status: "degraded" }), "2 running, 1 failed, 1 not created");
  assertEquals(countServices({ services: [], status: "never_deployed" }), "None");
});

Deno.test("does not count a service with too few running containers as running", () => {
  const short = service("running", { replicas: 1, wanted: 3 });
  assertEquals([serviceState(short, "degraded"), replicasLabel(short)], ["incomplete", "1 of 3"]);
});

Deno.test("describes one container as it does its service", () => {
  const container = serviceContainer({ state: "exited", exitCode: 3 });
  assertEquals([containerState(container, "degraded"), containerLabel(container)], [
    "failed",
    "Exited with code 3",
  ]);
});

Deno.test("refuses to start a stack without containers, unless its state is unknown", () => {
  const all = (["never_deployed", "created", "unknown"] as const).map((status) =>
    containersObstacle({ status })
  );
  assertEquals(all.map((obstacle) => obstacle !== undefined), [true, false, false]);
});

Deno.test("compares the text of a stack only with containers", () => {
  const pending = (["never_deployed", "running"] as const).map((status) =>
    hasPendingChanges({ status, pending_changes: true })
  );
  assertEquals(pending, [false, true]);
});

Deno.test("gives stacks and projects the keys of their operations", () => {
  assertEquals(keyOf(stack("web", { stack_id: 12 })), keyOf(operation(1, {})));
  assertEquals(keyOf(stack("shop")), keyOf(operation(1, { stack_id: null, project: "shop" })));
  assertEquals(keyOf(operation(1, { stack_id: null, project: null })), "Localhost/");
});

Deno.test("keeps the newest operation of each stack", () => {
  const newest = newestOf([operation(3, { stack_id: 7 }), operation(2, {}), operation(1, {})]);
  assertEquals([...newest].map(([key, { operation_id }]) => [key, operation_id]), [["#12", 2], ["#7", 3]]);
});

Deno.test("sorts stacks by name, then by host", () => {
  const all = [stack("b"), stack("a", { hostId: "nas" }), stack("a")];
  assertEquals(sorted(all).map(({ name, hostId }) => `${name} ${hostId}`), [
    "a Localhost",
    "a nas",
    "b Localhost",
  ]);
});

Deno.test("sorts stacks that need attention first", () => {
  const failed = lastOperation({ state: "failed" });
  const all = [
    stack("a"),
    stack("b", { status: "starting" }),
    stack("c", { last_operation: failed }),
    stack("d", { status: "degraded" }),
    stack("e", { status: "unknown" }),
  ];
  assertEquals(sorted(all).map(({ name }) => name), ["d", "c", "e", "b", "a"]);
});

Deno.test("finds stacks by name, host and service, ignoring case", () => {
  const all = [
    stack("shop"),
    stack("blog", { hostId: "nas" }),
    stack("wiki", { services: [service("running", { name: "db" })] }),
  ];
  const found = (query: string) => filtered(all, query).map(({ name }) => name).join();
  assertEquals(["SHO", "nas", " db ", "", "none"].map(found), ["shop", "blog", "wiki", "shop,blog,wiki", ""]);
});

Deno.test("reuses the objects of the previous answer that are unchanged", () => {
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

const STARTED = operation(1, { state: "running", started_at: "2026-08-01T12:00:01.000Z" });

Deno.test("measures an operation from its start to its end, or until now", () => {
  assertEquals(operationSpan(STARTED, Date.parse("2026-08-01T12:00:09.000Z")), 8000);
  assertEquals(
    operationSpan(
      { ...STARTED, ended_at: "2026-08-01T12:00:03.000Z" },
      Date.parse("2026-08-01T12:00:09.000Z"),
    ),
    2000,
  );
  assertEquals(
    operationSpan({ ...STARTED, started_at: null }, Date.parse("2026-08-01T12:00:09.000Z")),
    undefined,
  );
});

Deno.test("measures no negative duration when the server's clock is ahead", () => {
  assertEquals(operationSpan(STARTED, Date.parse("2026-08-01T11:00:00.000Z")), 0);
});
