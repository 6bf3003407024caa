import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type {
  DetailedStackEvent,
  EventTarget,
  StackAction,
  StackStatus,
} from "../../../../../../server/protocol/stack_events.ts";
import { type ProgressData, type Step, toStep } from "./progress_step.ts";

/** One resource of a run with its newest step. Times are epoch ms. */
export interface RunResource extends Step {
  readonly startedAt: number;
  readonly changedAt: number;
}

/** The end of a run. */
export interface RunEnd {
  readonly outcome: "succeeded" | "failed" | "cancelled";
  /** The server's sentence. */
  readonly message: string;
}

/** One operation, as its events describe it. Times are epoch ms. */
export interface Run {
  readonly action: StackAction;
  /** `null` in events that do not name it. */
  readonly target: EventTarget | null;
  readonly startedAt: number;
  /** Time of its newest event. */
  readonly changedAt: number;
  readonly resources: readonly RunResource[];
  /** Newest message about the whole operation, such as "Waiting for one of 4 other operations to end". */
  readonly note: string | undefined;
  /** Warnings of Compose about the project. */
  readonly warnings: readonly string[];
  /** `undefined` while it is running. */
  readonly end: RunEnd | undefined;
}

/** Limit of resources: a compose file may have any number of services. */
const MAX_RESOURCES = 500;
/** The statuses that end an operation. The others are about containers that changed on their own. */
const ENDS: ReadonlySet<StackStatus> = new Set([
  "deployed",
  "started",
  "stopped",
  "restarted",
  "pulled",
  "updated",
  "cancelled",
  "killed",
  "paused",
  "unpaused",
  "removed",
]);

/** Returns the key of an event's stack, `#12`, or of a project that DockStat did not create, its name. */
export function runKey(
  { stack_id, project }: { readonly stack_id: number | null; readonly project?: string | null | undefined },
): string {
  return stack_id === null ? project ?? "" : `#${stack_id}`;
}

/** Applies an event to a run; returns `undefined` if the event belongs to no run. */
export function foldEvent(run: Run | undefined, event: DetailedStackEvent): Run | undefined {
  // A terminal runs beside the operations of a stack.
  if ("action" in event.data && event.data.action === "executing") return run;
  switch (event.type) {
    case "stack-progress":
      return progressed(run, event.data);
    case "stack-error": {
      const at = Date.parse(event.data.timestamp);
      return ended(openRun(run) ?? newRun(event.data, at), "failed", event.data.message, at);
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

function progressed(run: Run | undefined, data: ProgressData): Run {
  const { message, timestamp } = data;
  const at = Date.parse(timestamp);
  const current = openRun(run) ?? newRun(data, at);
  const step = toStep(data);
  if (step !== undefined) {
    return { ...current, note: undefined, changedAt: at, resources: withStep(current.resources, step, at) };
  }
  if (data.state !== "warning") return { ...current, note: message, changedAt: at };
  return { ...current, changedAt: at, warnings: [...current.warnings, message] };
}

/** Returns the run if it is running. */
export function openRun(run: Run | undefined): Run | undefined {
  return run?.end === undefined ? run : undefined;
}

/**
 * Returns the end of a run's duration, epoch ms.
 *
 * @param operation The newest operation of its stack, which has the time that some last events lack.
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

/** Returns the duration of a run, ms. The server's clock may differ. */
export function runSpan({ startedAt }: Run, until: number): number {
  return Math.max(until - startedAt, 0);
}

/** Returns the duration of a resource, ms; an unfinished one counts until the end of the run. */
export function resourceSpan({ startedAt, changedAt, state }: RunResource, until: number): number {
  const isOpen = state === "working" || state === "unfinished" || state === "failed";
  return Math.max((isOpen ? until : changedAt) - startedAt, 0);
}

/**
 * Returns the bytes and the remaining time of a resource, ms; those of an image are the sums of its layers.
 *
 * @param now Epoch ms.
 */
export function transferOf(
  resource: RunResource,
  all: readonly RunResource[],
  now: number,
): Transfer | undefined {
  const layers = all.filter(({ parent }) => parent === resource.name);
  const parts = [resource, ...layers].filter(({ total }) => total !== undefined && total > 0);
  if (resource.state !== "working" || parts.length === 0) return undefined;
  const sum = (key: "current" | "total") => parts.reduce((bytes, part) => bytes + (part[key] ?? 0), 0);
  const [current, total] = [sum("current"), sum("total")];
  const elapsed = now - Math.min(...parts.map(({ startedAt }) => startedAt));
  const isMoving = current > 0 && current < total && elapsed >= 1000;
  return { current, total, remaining: isMoving ? elapsed * (total - current) / current : undefined };
}

function newRun({ action, target }: Pick<Run, "action" | "target">, at: number): Run {
  return {
    action,
    target,
    startedAt: at,
    changedAt: at,
    resources: [],
    note: undefined,
    warnings: [],
    end: undefined,
  };
}

function withStep(resources: readonly RunResource[], step: Step, at: number): readonly RunResource[] {
  const index = resources.findIndex(({ key }) => key === step.key);
  if (index < 0) {
    if (resources.length >= MAX_RESOURCES) return resources;
    return [...resources, { ...step, startedAt: at, changedAt: at }];
  }
  return resources.with(index, { ...step, startedAt: resources[index]!.startedAt, changedAt: at });
}

/** The state of unfinished resources after each end. */
const UNFINISHED = { succeeded: "done", failed: "failed", cancelled: "unfinished" } as const;

/** Only the event of a failure has a time. Other runs end with their newest event. */
function ended(run: Run, outcome: RunEnd["outcome"], message: string, at = run.changedAt): Run {
  const state = UNFINISHED[outcome];
  const resources = run.resources.map((one) => one.state === "working" ? { ...one, state } : one);
  return { ...run, resources, changedAt: at, note: undefined, end: { outcome, message } };
}

/** Bytes of a resource that is transferred. */
export interface Transfer {
  readonly current: number;
  readonly total: number;
  /** Estimated time until its end, ms; `undefined` if unknown. */
  readonly remaining: number | undefined;
}

/** Limit of runs; the oldest that have ended are dropped first. */
const MAX_RUNS = 200;

/** The newest run of each stack and project. */
export class RunBoard {
  readonly #runs = new Map<string, Run>();

  /** Applies an event; returns its run. */
  take(event: DetailedStackEvent): Run | undefined {
    const key = runKey(event.data);
    const run = foldEvent(this.#runs.get(key), event);
    this.#runs.delete(key);
    if (run !== undefined) this.#runs.set(key, run);
    if (this.#runs.size > MAX_RUNS) this.#dropOldest();
    return run;
  }

  /** Removes all runs. */
  clear(): void {
    this.#runs.clear();
  }

  /** Returns a copy of all runs. */
  snapshot(): ReadonlyMap<string, Run> {
    return new Map(this.#runs);
  }

  #dropOldest(): void {
    for (const [key, { end }] of this.#runs) {
      if (end !== undefined) return void this.#runs.delete(key);
    }
  }
}
