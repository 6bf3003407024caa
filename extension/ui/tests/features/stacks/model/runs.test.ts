import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { DetailedStackEvent, StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import type { ProgressData } from "../../../../src/features/stacks/model/progress_step.ts";
import {
  foldEvent,
  openRun,
  resourceSpan,
  type Run,
  RunBoard,
  runKey,
  type RunResource,
  runSpan,
  runUntil,
  transferOf,
} from "../../../../src/features/stacks/model/runs.ts";

const at = (second: number) => `2026-08-01T12:00:${String(second).padStart(2, "0")}.000Z`;
const epoch = (second: number) => Date.parse(at(second));

const DETAIL = { host_id: "Localhost", project: "shop", operation_id: 1, target: null };

/** A step such as "Creating container a". */
function progress(message: string, second: number, stack_id: number | null = 12): DetailedStackEvent {
  const [verb = "", kind, name = ""] = message.split(" ");
  const state = verb.endsWith("ed") ? "done" : "working";
  const resource = kind === "container" ? { kind, name, parent: null } as const : null;
  return stepEvent({ message, resource, state, verb, timestamp: at(second) }, stack_id);
}

function stepEvent(step: Partial<ProgressData>, stack_id: number | null = 12): DetailedStackEvent {
  const data = {
    ...{ resource: null, state: "working" as const, verb: null, percent: null, current: null, total: null },
    ...{ stack_id, ...DETAIL, action: "deploying" as const, message: "", timestamp: at(1) },
    ...step,
  };
  return { type: "stack-progress", data };
}

function status(status: StackStatus, stack_id = 12): DetailedStackEvent {
  const data = { ...DETAIL, stack_id, status, stack_state: "running" as const, message: `It is ${status}` };
  return { type: "stack-status", data };
}

function error(message: string, second: number): DetailedStackEvent {
  return {
    type: "stack-error",
    data: { ...DETAIL, stack_id: 12, action: "deploying", message, timestamp: at(second) },
  };
}

function fold(...events: readonly DetailedStackEvent[]): Run | undefined {
  return events.reduce<Run | undefined>(foldEvent, undefined);
}

Deno.test("shows each resource once, with its newest state and its start", () => {
  const run = fold(
    progress("Creating container a", 1),
    progress("Creating container b", 2),
    progress("Started container a", 4),
  )!;
  assertEquals(run.resources.map(({ label, text, state }) => [label, text, state]), [
    ["container a", "Started", "done"],
    ["container b", "Creating", "working"],
  ]);
  assertEquals(run.resources.map((resource) => resourceSpan(resource, epoch(9))), [3000, 7000]);
  assertEquals(runSpan(run, epoch(9)), 8000);
});

Deno.test("ends a run with the server's message and marks unfinished resources", () => {
  const begun = [
    progress("Creating container a", 1),
    progress("Started container a", 2),
    progress("Creating container b", 3),
  ];
  const ends = [status("deployed"), status("cancelled"), error("port is taken", 5)].map((end) =>
    fold(...begun, end)!
  );
  assertEquals(ends.map((run) => run.end), [
    { outcome: "succeeded", message: "It is deployed" },
    { outcome: "cancelled", message: "It is cancelled" },
    { outcome: "failed", message: "port is taken" },
  ]);
  assertEquals(ends.map(({ resources }) => resources.map(({ state }) => state).join()), [
    "done,done",
    "done,unfinished",
    "done,failed",
  ]);
  assertEquals(ends.map((run) => runSpan(run, runUntil(run, undefined, epoch(50)))), [2000, 2000, 4000]);
  assertEquals(ends.map(openRun), [undefined, undefined, undefined]);
});

Deno.test("takes the time of an end without one from the operation", () => {
  const run = fold(progress("Creating container a", 1), status("cancelled"))!;
  const operation = { action: "deploying", ended_at: at(6) } as Operation;
  assertEquals(runSpan(run, runUntil(run, operation, epoch(50))), 5000);
  assertEquals(resourceSpan(run.resources[0]!, runUntil(run, operation, epoch(50))), 5000);
  const other = { ...operation, action: "pulling" } as const;
  assertEquals(runSpan(run, runUntil(run, other, epoch(50))), 0);
});

Deno.test("keeps a run open when containers change on their own", () => {
  assertEquals(
    fold(progress("Creating container a", 1), status("running"), status("pending"))!.end,
    undefined,
  );
  assertEquals(fold(status("running"), status("deployed")), undefined);
});

Deno.test("ends the run of a single container with its status", () => {
  const ends = (["killed", "paused", "unpaused", "removed"] as const).map((end) =>
    fold(progress("Killing container a", 1), status(end))!.end?.outcome
  );
  assertEquals(ends, ["succeeded", "succeeded", "succeeded", "succeeded"]);
});

Deno.test("keeps what the operation is about", () => {
  const target = { kind: "service", name: "web", id: null } as const;
  assertEquals(fold(stepEvent({ target }))!.target, target);
});

Deno.test("starts another run after an end", () => {
  const run = fold(
    progress("Creating container a", 1),
    status("deployed"),
    progress("Creating container b", 9),
  )!;
  assertEquals([run.startedAt, run.resources.map(({ label }) => label), run.end], [
    epoch(9),
    ["container b"],
    undefined,
  ]);
});

Deno.test("shows a failure without steps as a failed run", () => {
  const run = fold(error("no daemon", 3))!;
  assertEquals([run.action, run.resources, run.end?.message], ["deploying", [], "no daemon"]);
});

Deno.test("shows the wait for other operations until the first step", () => {
  const waiting = progress("Waiting for one of 4 other operations to end", 1);
  assertEquals(fold(waiting)!.note, "Waiting for one of 4 other operations to end");
  assertEquals(fold(waiting, progress("Creating container a", 2))!.note, undefined);
});

Deno.test("ends the run of a removed stack", () => {
  const removed: DetailedStackEvent = {
    type: "stack-removed",
    data: { ...DETAIL, stack_id: 12, message: "Stack removed successfully" },
  };
  assertEquals(fold(progress("Removing container a", 1), removed)!.end?.outcome, "succeeded");
});

Deno.test("limits a run to 500 resources", () => {
  const run = fold(
    ...Array.from({ length: 600 }, (_, index) => progress(`Creating container c${index}`, 1)),
  )!;
  assertEquals(run.resources.length, 500);
});

Deno.test("distinguishes a stack from a project with its number as name", () => {
  assertEquals([runKey({ stack_id: 12 }), runKey({ stack_id: null, project: "12" })], ["#12", "12"]);
});

Deno.test("limits the board to 200 runs and drops no running one", () => {
  const board = new RunBoard();
  board.take(progress("Creating container a", 1, 0));
  for (let id = 1; id <= 300; id++) {
    board.take(progress("Creating container a", 1, id));
    board.take(status("deployed", id));
  }
  const runs = board.snapshot();
  assertEquals([runs.size, runs.has("#0"), runs.has("#1"), runs.has("#300")], [200, true, false, true]);
});

Deno.test("keeps warnings beside the steps", () => {
  const warning = stepEvent({ state: "warning", message: 'The "TOKEN" variable is not set.' });
  const run = fold(
    progress("Creating container a", 1),
    warning,
    progress("Created container a", 2),
    status("deployed"),
  )!;
  assertEquals(run.warnings, ['The "TOKEN" variable is not set.']);
  assertEquals(run.resources.map(({ state }) => state), ["done"]);
});

Deno.test("distinguishes resources of the same name by kind and parent", () => {
  const names = [
    { kind: "service", name: "__proto__", parent: null },
    { kind: "layer", name: "__proto__", parent: "__proto__" },
    { kind: "layer", name: "__proto__", parent: "web" },
  ] as const;
  const run = fold(...names.map((resource) => stepEvent({ resource, verb: "Pulling" })))!;
  assertEquals(run.resources.map(({ name, parent }) => [name, parent]), [
    ["__proto__", undefined],
    ["__proto__", "__proto__"],
    ["__proto__", "web"],
  ]);
});

/** Resource that is pulled since the beginning of the run. */
function pulled(name: string, changes: Partial<RunResource> = {}): RunResource {
  return {
    ...{ key: name, kind: "image", name, label: name, parent: undefined, state: "working" },
    ...{ text: "", message: "" },
    ...{ percent: undefined, current: undefined, total: undefined, startedAt: 0, changedAt: 0 },
    ...changes,
  };
}

Deno.test("estimates the remaining time of an image by the bytes of its layers", () => {
  const image = pulled("nginx:1");
  const layers = [
    pulled("a", { parent: "nginx:1", current: 10, total: 20 }),
    pulled("b", { parent: "nginx:1", current: 0, total: 20 }),
    pulled("c", { parent: "other", current: 5, total: 5 }),
  ];
  assertEquals(transferOf(image, [image, ...layers], 2000), { current: 10, total: 40, remaining: 6000 });
});

Deno.test("estimates no time before a second, without bytes, and after the end", () => {
  const image = pulled("nginx:1", { current: 10, total: 20 });
  assertEquals(transferOf(image, [image], 500), { current: 10, total: 20, remaining: undefined });
  assertEquals(transferOf(pulled("web"), [], 5000), undefined);
  assertEquals(transferOf({ ...image, state: "done" }, [image], 5000), undefined);
});
