/** Texts that several pages of the feature show. Texts of one page are in `labels_list.ts`, `labels_detail.ts` and `labels_editor.ts`. */
import type { Operation, OperationState } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import type { StackAction, StackStatus } from "../../../../../../server/protocol/stack_events.ts";
import type { RunEnd } from "./runs.ts";
import type { StepState } from "./progress_step.ts";
import { type ServiceState, serviceState } from "./stack_list.ts";
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

const STATUS_MARKS: Readonly<Record<StackStatus, Mark>> = {
  pending: { word: "Not deployed", tone: "quiet", meaning: "Saved, not deployed yet" },
  deployed: { word: "Deployed", tone: "good", meaning: "All services are running" },
  started: { word: "Started", tone: "good", meaning: "All containers were started" },
  stopped: { word: "Stopped", tone: "quiet", meaning: "All containers were stopped" },
  restarted: { word: "Restarted", tone: "good", meaning: "All containers were restarted" },
  pulled: { word: "Pulled", tone: "quiet", meaning: "Images were pulled. Deploy the stack to use them." },
  updated: { word: "Updated", tone: "good", meaning: "All services are running the pulled images" },
  cancelled: { word: "Cancelled", tone: "doubtful", meaning: "The last operation was cancelled" },
  running: { word: "Running", tone: "good", meaning: "All services are running or completed" },
  degraded: {
    word: "Degraded",
    tone: "bad",
    meaning: "A service failed, is unhealthy or keeps restarting",
  },
  exited: { word: "Exited", tone: "doubtful", meaning: "No service is running" },
};

/** Replaces a status of stopped containers when none of them was ever started. */
const NOT_STARTED: Mark = {
  word: "Not started",
  tone: "doubtful",
  meaning: "Containers were created but never started",
};

/** Returns the mark of a stack. While its host is down (`isKnown` is false) the mark is the last one known. */
export function stackMark({ status, services }: Pick<Stack, "status" | "services">, isKnown: boolean): Mark {
  const created = services.filter(({ state }) => state !== null);
  const ended = status === "exited" || status === "pending";
  const neverRan = ended && created.length > 0 && created.every(({ state }) => state === "created");
  const mark = neverRan ? NOT_STARTED : STATUS_MARKS[status];
  return isKnown
    ? mark
    : { word: `${mark.word} when last seen`, tone: "quiet", meaning: "The host is not reachable" };
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
};

/** Label of a button with its tooltip. */
export interface CommandLabel {
  readonly label: string;
  readonly help: string;
}

/** Buttons of the commands. */
export const COMMAND_LABELS: Readonly<Record<StackCommand | "adopt", CommandLabel>> = {
  deploy: { label: "Deploy", help: "Create, update or remove containers to match the Compose file" },
  start: { label: "Start", help: "Start existing containers" },
  stop: { label: "Stop", help: "Stop containers and keep them" },
  restart: { label: "Restart", help: "Restart containers" },
  pull: { label: "Pull", help: "Pull images without restarting" },
  update: { label: "Update", help: "Pull images and recreate containers that changed" },
  adopt: {
    label: "Adopt",
    help: "Manage this project here. DockStat keeps a copy of its Compose file.",
  },
};

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

/** Tones of the states of a service. */
export const SERVICE_TONES: Readonly<Record<ServiceState, Tone>> = {
  running: "good",
  starting: "busy",
  completed: "quiet",
  failed: "bad",
  paused: "doubtful",
  stopped: "quiet",
  created: "quiet",
  missing: "quiet",
};

/** Returns the label of a service, such as "Running, healthy", "Exited with code 3" or "Not created". */
export function serviceLabel({ state, health, exitCode }: StackService): string {
  if (state === null) return "Not created";
  const word = state.charAt(0).toUpperCase() + state.slice(1);
  if (state === "exited" && exitCode !== null) {
    return exitCode === 0 ? "Completed" : `${word} with code ${exitCode}`;
  }
  return state === "running" && health !== null
    ? `${word}, ${health === "starting" ? "checking health" : health}`
    : word;
}

/** Labels of the states of services, in the order in which they are counted. */
const COUNT_LABELS = {
  running: "running",
  starting: "starting",
  completed: "completed",
  failed: "failed",
  paused: "paused",
  stopped: "stopped",
  created: "created",
  missing: "not created",
} as const satisfies Readonly<Record<ServiceState, string>>;

/** Returns the number of services per state, such as "2 running, 1 failed". */
export function countServices({ services, status }: Pick<Stack, "services" | "status">): string {
  const states = services.map((service) => serviceState(service, status === "stopped"));
  const counts = Object.entries(COUNT_LABELS).flatMap(([state, label]) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${label}`];
  });
  return counts.join(", ") || "None";
}

/** Returns a title such as "Deploy failed"; `undefined` unless the operation failed or was interrupted. */
export function failureTitle(operation: Operation | undefined): string | undefined {
  if (operation?.state !== "failed" && operation?.state !== "interrupted") return undefined;
  return `${ACTION_LABELS[operation.action].verb} ${OPERATION_MARKS[operation.state].word.toLowerCase()}`;
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

/** Texts of toasts in Docker Desktop. */
export const TOASTS = {
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
export const NAVIGATION = { allStacks: "← All stacks", back: "← Back" } as const;
