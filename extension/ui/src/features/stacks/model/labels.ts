import type { Operation, OperationState } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { StackAction, StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import type { RunEnd } from "./runs.ts";
import type { StepState } from "./progress_step.ts";
import type { ServiceState } from "./stack_list.ts";

/** How good or bad something is; it decides on colour and icon. */
export type Tone = "good" | "bad" | "doubtful" | "busy" | "quiet";

/** A word and how good it is. */
export interface Mark {
  readonly word: string;
  readonly tone: Tone;
  /** What it means, for who asks. */
  readonly meaning?: string;
}

/** Each status. */
const STATUS_MARKS: Readonly<Record<StackStatus, Mark>> = {
  pending: { word: "Not deployed", tone: "quiet", meaning: "It is kept, and was not deployed yet" },
  deployed: { word: "Deployed", tone: "good", meaning: "Its containers run as they were deployed" },
  started: { word: "Started", tone: "good", meaning: "Its containers were started, and run" },
  stopped: {
    word: "Stopped",
    tone: "quiet",
    meaning: "Its containers were stopped; starting it runs them again",
  },
  restarted: { word: "Restarted", tone: "good", meaning: "Its containers were restarted, and run" },
  pulled: { word: "Pulled", tone: "quiet", meaning: "Its images were pulled; deploying it uses them" },
  updated: {
    word: "Updated",
    tone: "good",
    meaning: "Its images were pulled, and its containers run with them",
  },
  cancelled: {
    word: "Cancelled",
    tone: "doubtful",
    meaning: "What was done to it last was cancelled half-way",
  },
  running: { word: "Running", tone: "good", meaning: "All its services run or have done their work" },
  degraded: {
    word: "Degraded",
    tone: "bad",
    meaning: "A service has failed, is unhealthy, or starts again and again",
  },
  exited: { word: "Exited", tone: "doubtful", meaning: "None of its services runs" },
};

/** Said instead of a status that would tell of an end, when there was no beginning. */
const NOT_STARTED: Mark = {
  word: "Not started",
  tone: "doubtful",
  meaning: "Its containers were made, and none was ever started",
};

/** How a stack is, by its status; that of a host which cannot be read is of before. */
export function stackMark({ status, services }: Pick<Stack, "status" | "services">, isKnown: boolean): Mark {
  const made = services.filter(({ state }) => state !== null);
  const ended = status === "exited" || status === "pending";
  const neverRan = ended && made.length > 0 && made.every(({ state }) => state === "created");
  const { word, ...mark } = neverRan ? NOT_STARTED : STATUS_MARKS[status];
  return isKnown
    ? { word, ...mark }
    : { word: `${word} when last seen`, tone: "quiet", meaning: "Its host cannot be read now" };
}

/** Each action: what its button says, and what is said while it goes on and once it is over. */
export const ACTION_WORDS: Readonly<
  Record<StackAction, { readonly todo: string; readonly doing: string; readonly done: string }>
> = {
  deploying: { todo: "Deploy", doing: "Deploying", done: "Deployed" },
  starting: { todo: "Start", doing: "Starting", done: "Started" },
  stopping: { todo: "Stop", doing: "Stopping", done: "Stopped" },
  restarting: { todo: "Restart", doing: "Restarting", done: "Restarted" },
  pulling: { todo: "Pull", doing: "Pulling", done: "Pulled" },
  updating: { todo: "Update", doing: "Updating", done: "Updated" },
  removing: { todo: "Remove", doing: "Removing", done: "Removed" },
};

/** Each state of an operation. */
export const OPERATION_MARKS: Readonly<Record<OperationState, Mark>> = {
  queued: { word: "Queued", tone: "quiet" },
  running: { word: "Running", tone: "busy" },
  succeeded: { word: "Succeeded", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "doubtful" },
  interrupted: { word: "Interrupted", tone: "bad" },
};

/** Each end of a run. */
export const END_MARKS: Readonly<Record<RunEnd["outcome"], Mark>> = OPERATION_MARKS;

/** How good each state of a resource is. */
export const STEP_TONES: Readonly<Record<StepState, Tone>> = {
  working: "busy",
  done: "good",
  warning: "doubtful",
  error: "bad",
  unfinished: "quiet",
  failed: "bad",
};

/** How good each state of a service is. */
export const SERVICE_TONES: Readonly<Record<ServiceState, Tone>> = {
  running: "good",
  starting: "busy",
  done: "quiet",
  failed: "bad",
  paused: "doubtful",
  stopped: "quiet",
  created: "quiet",
  missing: "quiet",
};

/** How long an operation has taken, or has been going on, ms; `undefined` while it waits for its turn. */
export function operationSpan({ started_at, ended_at }: Operation, now: number): number | undefined {
  if (started_at === null) return undefined;
  // The clock of the server may be another one.
  return Math.max((ended_at === null ? now : Date.parse(ended_at)) - Date.parse(started_at), 0);
}

/** Such as "Deploy failed"; `undefined` for an operation of which nothing needs to be said. */
export function complaintOf(operation: Operation | undefined): string | undefined {
  if (operation?.state !== "failed" && operation?.state !== "interrupted") return undefined;
  return `${ACTION_WORDS[operation.action].todo} ${OPERATION_MARKS[operation.state].word.toLowerCase()}`;
}
