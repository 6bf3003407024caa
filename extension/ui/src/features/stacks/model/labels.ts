/** Texts that several pages of the feature show. Texts of one page are in `labels_*.ts`. */
import type { Operation, OperationState } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { EventTarget, StackAction, StackState } from "../../../../../../server/protocol/stack_events.ts";
import type { RunEnd } from "./runs.ts";
import type { StepState } from "./progress_step.ts";
import type { StackCommand } from "./stack_requests.ts";

/** Severity of a state, which selects color and icon. */
export type Tone = "good" | "bad" | "doubtful" | "busy" | "quiet";

/** Label of a state with its tone. */
export interface Mark {
  /** Short label, such as "Running". */
  readonly word: string;
  readonly tone: Tone;
  /** Explanation for a tooltip. */
  readonly meaning?: string;
}

const STATE_MARKS: Readonly<Record<StackState, Mark>> = {
  unknown: { word: "Unknown", tone: "quiet", meaning: "The host is not reachable" },
  never_deployed: { word: "Not deployed", tone: "quiet", meaning: "There are no containers yet" },
  created: { word: "Created", tone: "doubtful", meaning: "Containers were created but never started" },
  starting: {
    word: "Starting",
    tone: "busy",
    meaning: "A service is starting, or its health check is pending",
  },
  degraded: {
    word: "Degraded",
    tone: "bad",
    meaning: "A service failed, is unhealthy, keeps restarting, or has too few containers",
  },
  running: { word: "Running", tone: "good", meaning: "All services are running or completed" },
  stopped: { word: "Stopped", tone: "quiet", meaning: "All containers were stopped" },
  exited: { word: "Exited", tone: "quiet", meaning: "All containers exited with code 0" },
};

/** Returns the mark of a stack's containers. */
export function stackMark({ status }: Pick<Stack, "status">): Mark {
  return STATE_MARKS[status];
}

/** Labels of an action: its imperative, and its forms while it is running and after it succeeded. */
export const ACTION_LABELS: Readonly<
  Record<StackAction, { readonly verb: string; readonly doing: string; readonly done: string }>
> = {
  deploying: { verb: "Deploy", doing: "Deploying", done: "Deployed" },
  starting: { verb: "Start", doing: "Starting", done: "Started" },
  stopping: { verb: "Stop", doing: "Stopping", done: "Stopped" },
  restarting: { verb: "Restart", doing: "Restarting", done: "Restarted" },
  pulling: { verb: "Pull", doing: "Pulling", done: "Pulled" },
  updating: { verb: "Update", doing: "Updating", done: "Updated" },
  removing: { verb: "Remove", doing: "Removing", done: "Removed" },
  killing: { verb: "Kill", doing: "Killing", done: "Killed" },
  pausing: { verb: "Pause", doing: "Pausing", done: "Paused" },
  unpausing: { verb: "Unpause", doing: "Unpausing", done: "Unpaused" },
  limiting: { verb: "Change limits", doing: "Changing limits", done: "Limits changed" },
  pruning: { verb: "Prune", doing: "Pruning", done: "Pruned" },
  executing: { verb: "Run command", doing: "Running a command", done: "Command ended" },
  building: { verb: "Build", doing: "Building", done: "Built" },
  adopting: { verb: "Adopt", doing: "Adopting", done: "Adopted" },
  "rolling back": { verb: "Roll back", doing: "Rolling back", done: "Rolled back" },
  scaling: { verb: "Scale", doing: "Scaling", done: "Scaled" },
};

/** Returns the action of an operation, with the service or container that it concerns, such as "Restart web". */
export function operationLabel({ action, target }: Pick<Operation, "action" | "target">): string {
  return withTarget(ACTION_LABELS[action].verb, target);
}

/** Adds the name of a service or container to a text; a stack has its own page. */
export function withTarget(text: string, target: EventTarget | null): string {
  return target?.kind === "service" || target?.kind === "container" ? `${text} ${target.name}` : text;
}

/** Label of a button with its tooltip. */
export interface CommandLabel {
  readonly label: string;
  readonly help: string;
}

/** Buttons of the commands. */
export const COMMAND_LABELS: Readonly<Record<StackCommand | "adopt", CommandLabel>> = {
  deploy: {
    label: "Deploy",
    help: "Build changed images, then create or update containers to match the Compose file",
  },
  start: { label: "Start", help: "Start existing containers" },
  stop: { label: "Stop", help: "Stop containers and keep them" },
  restart: { label: "Restart", help: "Restart containers" },
  pull: { label: "Pull", help: "Pull images without restarting" },
  update: { label: "Update", help: "Pull or build images, then recreate containers whose image changed" },
  adopt: {
    label: "Adopt",
    help: "Manage this project here. DockStat keeps a copy of its Compose file.",
  },
};

/** Texts of the menu of a stack. */
export const MENU_LABELS = { of: (name: string) => `More actions for ${name}` } as const;

/** States of an operation. */
export const OPERATION_MARKS: Readonly<Record<OperationState, Mark>> = {
  queued: { word: "Queued", tone: "quiet" },
  running: { word: "Running", tone: "busy" },
  succeeded: { word: "Succeeded", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "doubtful" },
  interrupted: { word: "Interrupted", tone: "bad" },
};

/** Outcomes of a run. */
export const END_MARKS: Readonly<Record<RunEnd["outcome"], Mark>> = OPERATION_MARKS;

/** Tones of the states of a resource. */
export const STEP_TONES: Readonly<Record<StepState, Tone>> = {
  working: "busy",
  done: "good",
  warning: "doubtful",
  error: "bad",
  unfinished: "quiet",
  failed: "bad",
};

/** Returns a title such as "Deploy failed"; `undefined` unless the operation failed or was interrupted. */
export function failureTitle(operation: Operation | undefined): string | undefined {
  if (operation?.state !== "failed" && operation?.state !== "interrupted") return undefined;
  return `${operationLabel(operation)} ${OPERATION_MARKS[operation.state].word.toLowerCase()}`;
}

/** Reasons why a command cannot be used. */
export const OBSTACLES = {
  simulated: "Simulated containers cannot be changed. Stacks need a real engine.",
  noContainers: "No containers yet. Deploy the stack first.",
} as const;

/** Returns why a stack with an unfinished operation cannot start another; only stacks can cancel theirs. */
export function busyLabel(action: StackAction, { name, managed }: Pick<Stack, "name" | "managed">): string {
  return `${ACTION_LABELS[action].doing} “${name}”. ${
    managed ? "Wait, or cancel it first." : "Wait until it ends."
  }`;
}

const UNSUCCESSFUL = {
  failed: "failed",
  cancelled: "was cancelled",
  interrupted: "was interrupted",
} as const;

/** Texts of toasts, in the page and in Docker Desktop. */
export const TOASTS = {
  region: "Finished operations",
  show: "Show",
  close: "Dismiss",
  ended: ({ action, state, target: { name } }: Pick<Operation, "action" | "state" | "target">) => {
    const { verb, done } = ACTION_LABELS[action];
    if (state === "queued" || state === "running" || state === "succeeded") return `${done} ${name}`;
    return `${verb} ${name} ${UNSUCCESSFUL[state]}`;
  },
  succeeded: (action: StackAction, name: string) => `${ACTION_LABELS[action].done} "${name}"`,
  failed: (action: StackAction, name: string) => `${ACTION_LABELS[action].verb} "${name}" failed`,
} as const;

/** Notices above a page. */
export const NOTICES = {
  socket: "Stacks",
  outdated: (reason: string) => `This page may be out of date: ${reason}`,
  hostDown: (hostId: string, reason: string | null) =>
    `Host “${hostId}” is not reachable: ${reason ?? "the engine does not answer"}. DockStat keeps retrying.`,
  acceptFiles: "Accept the changed files",
} as const;

/** Links between pages. */
export const NAVIGATION = { allStacks: "← All stacks", stack: (name: string) => `← ${name}` } as const;
