/** Ways back from operations on containers. */
import type { ContainerCommand } from "../../../../../../server/protocol/container_commands.ts";
import { type ContainerTarget, sendCommand } from "../model/container_requests.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { ACTION_LABELS, ACTION_TEXTS, type ContainerAction } from "../model/labels_actions.ts";

/** The command that undoes an operation. */
export const UNDO: Readonly<Partial<Record<ContainerAction, ContainerCommand>>> = {
  start: "stop",
  stop: "start",
  kill: "start",
  pause: "unpause",
  unpause: "pause",
};

/** Starts a command and follows it. */
export function runCommand(tasks: ContainerTasks, target: ContainerTarget, command: ContainerCommand): void {
  const back = UNDO[command];
  const undo = back && {
    label: ACTION_TEXTS.undo(ACTION_LABELS[back].label),
    start: () => runCommand(tasks, target, back),
  };
  void tasks.run(target, command, () => sendCommand(tasks.transport, target, command), undo);
}
