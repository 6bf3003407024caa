import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackEvent } from "../../../../../../server/protocol/stack_events.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  foldEvent,
  openRun,
  resourceSpan,
  type Run,
  RunBoard,
  runKey,
  runSpan,
  runUntil,
} from "../../../../src/features/stacks/model/runs.ts";

const at = (second: number) => `2026-08-01T12:00:${String(second).padStart(2, "0")}.000Z`;
const epoch = (second: number) => Date.parse(at(second));

function progress(message: string, second: number, stack_id: number | null = 12): StackEvent {
  return { type: "stack-progress", data: { stack_id, action: "deploying", message, timestamp: at(second) } };
}

function status(status: "deployed" | "cancelled" | "running" | "pending", stack_id = 12): StackEvent {
  return { type: "stack-status", data: { stack_id, status, message: `It is ${status}` } };
}

function error(message: string, second: number): StackEvent {
  return { type: "stack-error", data: { stack_id: 12, action: "deploying", message, timestamp: at(second) } };
}

function fold(...events: readonly StackEvent[]): Run | undefined {
  return events.reduce<Run | undefined>(foldEvent, undefined);
}

Deno.test("each resource is there once, as it was told last, with when it began", () => {
  const run = fold(
    progress("Creating container a", 1),
    progress("Creating container b", 2),
    progress("Started container a", 4),
  )!;
  assertEquals(run.resources.map(({ name, word, state }) => [name, word, state]), [
    ["container a", "Started", "done"],
    ["container b", "Creating", "working"],
  ]);
  assertEquals(run.resources.map((resource) => resourceSpan(resource, epoch(9))), [3000, 7000]);
  assertEquals(runSpan(run, epoch(9)), 8000);
});

Deno.test("a run ends with what the server says, and what was not finished then says so", () => {
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

Deno.test("an end that is told without its time has that of its operation", () => {
  const run = fold(progress("Creating container a", 1), status("cancelled"))!;
  const operation = { action: "deploying", ended_at: at(6) } as Operation;
  assertEquals(runSpan(run, runUntil(run, operation, epoch(50))), 5000);
  assertEquals(resourceSpan(run.resources[0]!, runUntil(run, operation, epoch(50))), 5000);
  const other = { ...operation, action: "pulling" } as const;
  assertEquals(runSpan(run, runUntil(run, other, epoch(50))), 0);
});

Deno.test("what containers do on their own ends no run", () => {
  assertEquals(
    fold(progress("Creating container a", 1), status("running"), status("pending"))!.end,
    undefined,
  );
  assertEquals(fold(status("running"), status("deployed")), undefined);
});

Deno.test("what follows an end is another run", () => {
  const run = fold(
    progress("Creating container a", 1),
    status("deployed"),
    progress("Creating container b", 9),
  )!;
  assertEquals([run.startedAt, run.resources.map(({ name }) => name), run.end], [
    epoch(9),
    ["container b"],
    undefined,
  ]);
});

Deno.test("a failure without a step before it is a run that has failed", () => {
  const run = fold(error("no daemon", 3))!;
  assertEquals([run.action, run.resources, run.end?.message], ["deploying", [], "no daemon"]);
});

Deno.test("waiting for others is said until there is something else to say", () => {
  const waiting = progress("Waiting for one of 4 other operations to end", 1);
  assertEquals(fold(waiting)!.note, "Waiting for one of 4 other operations to end");
  assertEquals(fold(waiting, progress("Creating container a", 2))!.note, undefined);
});

Deno.test("a removed stack's run has ended", () => {
  const removed: StackEvent = {
    type: "stack-removed",
    data: { stack_id: 12, message: "Stack removed successfully" },
  };
  assertEquals(fold(progress("Removing container a", 1), removed)!.end?.outcome, "succeeded");
});

Deno.test("a run holds no more than 500 resources", () => {
  const run = fold(
    ...Array.from({ length: 600 }, (_, index) => progress(`Creating container c${index}`, 1)),
  )!;
  assertEquals(run.resources.length, 500);
});

Deno.test("a stack and a project with its number for a name are not the same", () => {
  assertEquals([runKey({ stack_id: 12 }), runKey({ stack_id: null, project: "12" })], ["#12", "12"]);
});

Deno.test("a board holds 200 runs and forgets none that goes on", () => {
  const board = new RunBoard();
  board.take(progress("Creating container a", 1, 0));
  for (let id = 1; id <= 300; id++) {
    board.take(progress("Creating container a", 1, id));
    board.take(status("deployed", id));
  }
  const runs = board.snapshot();
  assertEquals([runs.size, runs.has("#0"), runs.has("#1"), runs.has("#300")], [200, true, false, true]);
});
