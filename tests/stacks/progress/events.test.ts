import {
  errorEvent,
  type EventOwner,
  operationOwner,
  progressEvent,
  removedEvent,
  stackTarget,
  statusEvent,
  withoutDetail,
} from "../../../server/stacks/progress/events.ts";
import type { Operation } from "../../../server/protocol/operations.ts";
import { DetailedStackEvent, StackEvent } from "../../../server/protocol/stack_events.ts";
import { assert, assertEquals } from "../../assert.ts";
import * as v from "valibot";

/** Creates an operation on a stack, or on a project that DockStat did not create. */
function operationOf(stackId: number | null, project = "web"): Operation {
  return {
    operation_id: 7,
    stack_id: stackId,
    project,
    hostId: "nas",
    target: { kind: "stack", name: project, id: stackId === null ? null : String(stackId) },
    action: "deploying",
    state: "running",
    created_at: "2026-01-01T00:00:00Z",
    started_at: null,
    ended_at: null,
    exit_code: null,
    error: null,
  };
}

/** Creates one event of each kind. */
function eventsOf(operation: Operation, message = "text"): DetailedStackEvent[] {
  const owner = operationOwner(operation);
  return [
    statusEvent(owner, "running", message, "running"),
    removedEvent(owner, message),
    progressEvent(operation, message, { verb: "Creating", percent: 10 }),
    errorEvent(operation, message),
  ];
}

for (
  const [what, operation] of [
    ["a stack", operationOf(3)],
    ["a project", operationOf(null)],
    ["a project with an odd name", operationOf(null, "__proto__")],
  ] as const
) {
  Deno.test(`every event of ${what} fits the contract, with and without detail`, () => {
    for (const event of eventsOf(operation)) {
      assert(v.is(DetailedStackEvent, event), JSON.stringify(event));
      assert(v.is(StackEvent, withoutDetail(event)), JSON.stringify(event));
    }
  });
}

Deno.test("an event without detail names a project only if it is not a stack", () => {
  for (const { data } of eventsOf(operationOf(3)).map(withoutDetail)) {
    assertEquals([data.stack_id, Object.hasOwn(data, "project")], [3, false]);
  }
  for (const { data } of eventsOf(operationOf(null)).map(withoutDetail)) {
    assertEquals([data.stack_id, data.project], [null, "web"]);
  }
});

Deno.test("the target of an event has the stack's id as text, or null for a project", () => {
  const targets = [3, null].map((id) => eventsOf(operationOf(id))[0]!.data.target);
  assertEquals(targets, [
    { kind: "stack", name: "web", id: "3" },
    { kind: "stack", name: "web", id: null },
  ]);
});

Deno.test("a status event outside of an operation has no operation", () => {
  const owner: EventOwner = {
    stackId: 3,
    hostId: "nas",
    project: "web",
    operationId: null,
    target: stackTarget(3, "web"),
  };
  assertEquals(statusEvent(owner, "exited", "", "exited").data.operation_id, null);
});

Deno.test("a message about the whole operation has no resource and no progress", () => {
  const event = progressEvent(operationOf(3), "Waiting");
  assert(event.type === "stack-progress");
  const { resource, state, verb, percent, current, total } = event.data;
  assertEquals([resource, state, verb, percent, current, total], [null, "working", null, null, null, null]);
});

for (
  const [length, isShortened] of [[0, false], [4096, false], [4097, true], [1_000_000, true]] as const
) {
  Deno.test(`a message of ${length} characters is ${isShortened ? "shortened" : "unchanged"}`, () => {
    const text = "x".repeat(length);
    const { message } = statusEvent(operationOwner(operationOf(3)), "running", text, "running").data;
    assert(message.length <= 4096, String(message.length));
    assertEquals(message === text, !isShortened);
  });
}

for (const [name, character] of [["two", "é"], ["three", "€"], ["four", "😀"]] as const) {
  Deno.test(`a message of characters that take ${name} bytes is cut between them, to 4 KiB`, () => {
    for (const start of ["", "x", "xy", "xyz"]) {
      const text = start + character.repeat(5000);
      const { message } = statusEvent(operationOwner(operationOf(3)), "running", text, "running").data;
      const bytes = new TextEncoder().encode(message).length;
      assert(bytes > 4080 && bytes <= 4096, String(bytes));
      assertEquals(message.replaceAll(character, ""), `${start}…`);
    }
  });
}

Deno.test("a long failure keeps the stack at its beginning and the reason at its end", () => {
  const { message } = errorEvent(operationOf(3), `${"x".repeat(100_000)} port is taken`).data;
  assert(message.startsWith('Error while deploying stack "3": xxx'), message.slice(0, 50));
  assert(message.endsWith("xxx port is taken"), message.slice(-50));
});

Deno.test("the failure of a project names the project and not an id", () => {
  assertEquals(
    errorEvent(operationOf(null), "refused").data.message,
    'Error while deploying project "web": refused',
  );
});
