/** Changes of limits, and the way back from them. */
import type { ContainerDetails, LimitChange } from "../../../../../../server/protocol/containers.ts";
import { type ContainerTarget, sendLimits } from "../model/container_requests.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { ACTION_TEXTS } from "../model/labels_actions.ts";
import { policyText } from "./detail_facts.ts";

/**
 * Starts a change of limits and follows it.
 *
 * @param before Limits of the same names before the change.
 */
export function runLimits(
  tasks: ContainerTasks,
  target: ContainerTarget,
  change: LimitChange,
  before: LimitChange,
): void {
  const undo = {
    label: ACTION_TEXTS.undo(ACTION_TEXTS.earlierLimits),
    start: () => runLimits(tasks, target, before, change),
  };
  void tasks.run(target, "limit", () => sendLimits(tasks.transport, target, change), undo);
}

/** Returns the change that restores the limits that another change replaces. */
export function changeBack(
  change: LimitChange,
  { limits: { cpus, memoryBytes }, restartPolicy }: Pick<ContainerDetails, "limits" | "restartPolicy">,
): LimitChange {
  return {
    ...change.cpus === undefined ? {} : { cpus },
    ...change.memoryBytes === undefined ? {} : { memoryBytes },
    ...change.restartPolicy === undefined ? {} : { restartPolicy: policyText(restartPolicy) },
  };
}
