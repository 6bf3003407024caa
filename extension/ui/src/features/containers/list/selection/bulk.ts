/** Operations on several containers. */
import type { ContainerCommand } from "../../../../../../../server/protocol/container_commands.ts";
import type { ContainerState } from "../../../../../../../server/protocol/stats.ts";
import { sendCommand, sendRemoval } from "../../model/container_requests.ts";
import { keyOf } from "../../model/container_row.ts";
import type { ContainerTasks } from "../../model/container_tasks.ts";

/** An operation on several containers. */
export type BulkAction = ContainerCommand | "remove";

/** A selected container as it was when the operation was chosen. */
export interface BulkTarget {
  readonly hostId: string;
  readonly id: string;
  readonly name: string;
  readonly project: string | null;
  readonly state: ContainerState;
}

/** Operations that ask first, since a program cannot end in order, or the container is deleted. */
export const ASKS: ReadonlySet<BulkAction> = new Set(["kill", "remove"]);

const UP: ReadonlySet<ContainerState> = new Set(["running", "paused", "restarting"]);

/** Reports whether an operation makes sense in a state. */
export function applies(action: BulkAction, state: ContainerState): boolean {
  switch (action) {
    case "remove":
      return state !== "removed";
    case "start":
      return !UP.has(state) && state !== "removed";
    case "restart":
      return state !== "removed";
    case "pause":
      return state === "running";
    case "unpause":
      return state === "paused";
    case "stop":
    case "kill":
      return UP.has(state);
  }
}

/** Returns the containers for which an operation makes sense. */
export function targetsOf(action: BulkAction, all: readonly BulkTarget[]): BulkTarget[] {
  return all.filter(({ state }) => applies(action, state));
}

/** Reports whether a removal has to kill a container first. */
export function needsForce({ state }: BulkTarget): boolean {
  return UP.has(state);
}

/** Result of an operation on several containers. */
export interface BulkResult {
  readonly action: BulkAction;
  readonly done: readonly BulkTarget[];
  /** Containers that failed, with the reason. */
  readonly failed: readonly { readonly target: BulkTarget; readonly reason: string }[];
}

/** Runs one operation per container. A project has one operation at a time, so its containers follow each other. */
export async function runBulk(
  tasks: ContainerTasks,
  action: BulkAction,
  targets: readonly BulkTarget[],
): Promise<BulkResult> {
  const done: BulkTarget[] = [];
  const failed: { target: BulkTarget; reason: string }[] = [];
  const groups = Object.values(
    Object.groupBy(targets, ({ hostId, project, id }) => JSON.stringify([hostId, project ?? { id }])),
  );
  await Promise.all(groups.map(async (group = []) => {
    for (const target of group) {
      const reason = await runOne(tasks, action, target);
      if (reason === undefined) done.push(target);
      else failed.push({ target, reason });
    }
  }));
  return { action, done, failed };
}

/** Returns the reason of a failure, which the result of all of them shows instead of a notice for each. */
async function runOne(
  tasks: ContainerTasks,
  action: BulkAction,
  target: BulkTarget,
): Promise<string | undefined> {
  const { transport } = tasks;
  await tasks.run(
    target,
    action,
    () =>
      action === "remove"
        ? sendRemoval(transport, target, { volumes: false, force: needsForce(target) })
        : sendCommand(transport, target, action),
  );
  const task = tasks.all.value.get(keyOf(target));
  if (task?.phase !== "failed") return undefined;
  tasks.dismiss(target);
  return task.message ?? "";
}
