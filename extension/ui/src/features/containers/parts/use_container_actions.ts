import type { ContainerCommand } from "../../../../../../server/protocol/container_commands.ts";
import type { ContainerState } from "../../../../../../server/protocol/stats.ts";
import { useAbout, useObstacle } from "../../../lib/client.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { ContainerTarget } from "../model/container_requests.ts";
import { keyOf } from "../model/container_row.ts";
import type { ContainerTask, ContainerTasks } from "../model/container_tasks.ts";
import { ACTION_LABELS, ACTION_TEXTS } from "../model/labels_actions.ts";

/** States with processes. */
const UP: ReadonlySet<ContainerState> = new Set(["running", "paused", "restarting"]);

/** Commands that a container can take now. */
export interface ContainerActions {
  /** Buttons, in display order. */
  readonly main: readonly ContainerCommand[];
  /** Entries of the menu. */
  readonly more: readonly ContainerCommand[];
}

/** Returns the commands for a state; the first button is always at the same place. */
export function actionsFor(state: ContainerState): ContainerActions {
  if (!UP.has(state)) return { main: ["start", "restart"], more: [] };
  if (state === "paused") return { main: ["stop", "restart"], more: ["unpause", "kill"] };
  return { main: ["stop", "restart"], more: state === "running" ? ["pause", "kill"] : ["kill"] };
}

/** Returns true for a container with processes, which only force removes. */
export function isUp(state: ContainerState): boolean {
  return UP.has(state);
}

/** Returns the newest operation on a container that this page has started. */
export function useContainerTask(tasks: ContainerTasks, target: ContainerTarget): ContainerTask | undefined {
  return useObservable(tasks.all).get(keyOf(target));
}

/** Returns the reason why this client cannot change containers; `undefined` when it can. */
export function useContainerObstacle(): string | undefined {
  const obstacle = useObstacle();
  return useAbout()?.simulated === true ? ACTION_TEXTS.simulated : obstacle;
}

/** Returns the sentence about a running operation; `undefined` without one. */
export function runningText(task: ContainerTask | undefined): string | undefined {
  if (task?.phase !== "running") return undefined;
  return ACTION_TEXTS.running(ACTION_LABELS[task.action].running, task.target.name);
}
