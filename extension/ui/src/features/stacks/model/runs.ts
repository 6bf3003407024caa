import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackAction, StackEvent, StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import { readStep, type Step, type StepState } from "./progress_step.ts";

/** One resource of a run. Times are epoch ms. */
export interface RunResource {
  readonly name: string;
  readonly state: StepState;
  readonly word: string;
  readonly percent: number | undefined;
  readonly startedAt: number;
  readonly changedAt: number;
}

/** How a run has ended. */
export interface RunEnd {
  readonly outcome: "succeeded" | "failed" | "cancelled";
  /** The server's sentence. */
  readonly message: string;
}

/** One operation, as its events tell it. Times are epoch ms. */
export interface Run {
  readonly action: StackAction;
  readonly startedAt: number;
  /** When it was last heard of. */
  readonly changedAt: number;
  readonly resources: readonly RunResource[];
  /** What is said of no resource, such as that it waits for others. */
  readonly note: string | undefined;
  /** `undefined` while it goes on. */
  readonly end: RunEnd | undefined;
}

/** A compose file may have any number of services; so many resources are shown. */
const MOST_RESOURCES = 500;
/** The statuses that an operation ends with; the others are of containers that have changed on their own. */
const ENDS: ReadonlySet<StackStatus> = new Set([
  "deployed",
  "started",
  "stopped",
  "restarted",
  "pulled",
  "updated",
  "cancelled",
]);

/** Whose event it is: `#12` for a stack, the name for a project that DockStat did not create. */
export function runKey(
  { stack_id, project }: { readonly stack_id: number | null; readonly project?: string | undefined },
): string {
  return stack_id === null ? project ?? "" : `#${stack_id}`;
}

/** What a run is after an event; `undefined` when the event is about none. */
export function foldEvent(run: Run | undefined, event: StackEvent): Run | undefined {
  switch (event.type) {
    case "stack-progress":
      return progressed(run, event.data);
    case "stack-error": {
      const at = Date.parse(event.data.timestamp);
      return ended(openRun(run) ?? begun(event.data.action, at), "failed", event.data.message, at);
    }
    case "stack-removed":
      return run && ended(run, "succeeded", event.data.message);
    case "stack-status": {
      const { status, message } = event.data;
      if (run === undefined || run.end !== undefined || !ENDS.has(status)) return run;
      return ended(run, status === "cancelled" ? "cancelled" : "succeeded", message);
    }
  }
}

type Progress = Extract<StackEvent, { type: "stack-progress" }>["data"];

function progressed(run: Run | undefined, { action, message, timestamp }: Progress): Run {
  const at = Date.parse(timestamp);
  const now = openRun(run) ?? begun(action, at);
  const step = readStep(message);
  if (step === undefined) return { ...now, note: message, changedAt: at };
  return { ...now, note: undefined, changedAt: at, resources: stepped(now.resources, step, at) };
}

/** The run, if it goes on. */
export function openRun(run: Run | undefined): Run | undefined {
  return run?.end === undefined ? run : undefined;
}

/**
 * Until when a run counts, epoch ms.
 *
 * @param operation The newest of its stack: not every end is told with its time, but that knows it.
 */
export function runUntil(
  { action, changedAt, end }: Run,
  operation: Operation | undefined,
  now: number,
): number {
  if (end === undefined) return now;
  return operation?.action === action && operation.ended_at !== null
    ? Date.parse(operation.ended_at)
    : changedAt;
}

/** How long a run has taken until then, ms. The clock of the server may be another one. */
export function runSpan({ startedAt }: Run, until: number): number {
  return Math.max(until - startedAt, 0);
}

/** How long a resource has taken, ms; what is not finished counts until then. */
export function resourceSpan({ startedAt, changedAt, state }: RunResource, until: number): number {
  const isOpen = state === "working" || state === "unfinished" || state === "failed";
  return Math.max((isOpen ? until : changedAt) - startedAt, 0);
}

function begun(action: StackAction, at: number): Run {
  return { action, startedAt: at, changedAt: at, resources: [], note: undefined, end: undefined };
}

function stepped(
  resources: readonly RunResource[],
  { resource: name, ...step }: Step,
  at: number,
): readonly RunResource[] {
  const index = resources.findIndex((one) => one.name === name);
  if (index < 0) {
    if (resources.length >= MOST_RESOURCES) return resources;
    return [...resources, { name, ...step, startedAt: at, changedAt: at }];
  }
  return resources.with(index, { name, ...step, startedAt: resources[index]!.startedAt, changedAt: at });
}

/** What is left at each end of what was not told to be done. */
const LEFT = { succeeded: "done", failed: "failed", cancelled: "unfinished" } as const;

/** Only failures tell when they were; the others end with the last that was told of them. */
function ended(run: Run, outcome: RunEnd["outcome"], message: string, at = run.changedAt): Run {
  const left = LEFT[outcome];
  const resources = run.resources.map((one) => one.state === "working" ? { ...one, state: left } : one);
  return { ...run, resources, changedAt: at, note: undefined, end: { outcome, message } };
}

/** So many runs are remembered; the oldest that are over go first. */
const MOST_RUNS = 200;

/** The newest run of each stack and project. */
export class RunBoard {
  readonly #runs = new Map<string, Run>();

  /** Takes up an event; gives the run that it is about. */
  take(event: StackEvent): Run | undefined {
    const key = runKey(event.data);
    const run = foldEvent(this.#runs.get(key), event);
    this.#runs.delete(key);
    if (run !== undefined) this.#runs.set(key, run);
    if (this.#runs.size > MOST_RUNS) this.#forgetOne();
    return run;
  }

  /** Forgets everything. */
  clear(): void {
    this.#runs.clear();
  }

  /** What is known now; it does not change any more. */
  snapshot(): ReadonlyMap<string, Run> {
    return new Map(this.#runs);
  }

  #forgetOne(): void {
    for (const [key, { end }] of this.#runs) {
      if (end !== undefined) return void this.#runs.delete(key);
    }
  }
}
