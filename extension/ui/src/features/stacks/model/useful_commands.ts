/** Pure: the commands that make sense for a stack or a service in its present state. */
import type { OperationState } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";

/** Commands that start, restart or stop what exists. */
export type LifeCommand = "start" | "restart" | "stop";

/** States of a stack whose containers run, or will in a moment. */
const ALIVE: readonly Stack["status"][] = ["starting", "running", "degraded"];

/** Returns the commands that would change something; a degraded stack may have stopped containers as well. */
export function usefulCommands({ status, services }: Pick<Stack, "status" | "services">): LifeCommand[] {
  if (status === "never_deployed") return [];
  const containers = services.flatMap((service) => service.containers);
  const isAlive = status === "unknown" || ALIVE.includes(status) || containers.some(isRunning);
  const canStart = status === "unknown" || containers.some((one) => !isRunning(one) && isWanted(one));
  return [
    ...canStart || !isAlive ? ["start" as const] : [],
    ...isAlive ? ["restart" as const, "stop" as const] : [],
  ];
}

/** States of an operation that did not do what it was started for. */
const UNSUCCESSFUL: readonly OperationState[] = ["failed", "cancelled", "interrupted"];

/** Returns the command that a managed stack needs now; `undefined` for a stack that runs as it was deployed. */
export function neededCommand(
  stack: Pick<Stack, "status" | "services" | "pending_changes" | "last_operation">,
): "deploy" | "start" | undefined {
  const { status, services, pending_changes, last_operation: last } = stack;
  if (status === "unknown") return pending_changes ? "deploy" : undefined;
  const isIncomplete = services.some(({ containers, wanted }) => containers.length < wanted);
  const hasFailed = last?.action === "deploying" && UNSUCCESSFUL.includes(last.state);
  if (status === "never_deployed" || pending_changes || isIncomplete || hasFailed) return "deploy";
  return usefulCommands(stack).includes("start") ? "start" : undefined;
}

/** Returns the commands that would change something in one service. */
export function usefulServiceCommands({ containers }: Pick<StackService, "containers">): LifeCommand[] {
  if (containers.length === 0) return [];
  const running = containers.filter(isRunning).length;
  return [
    ...running < containers.length ? ["start" as const] : [],
    ...running > 0 ? ["restart" as const, "stop" as const] : ["restart" as const],
  ];
}

function isRunning({ state }: { readonly state: string }): boolean {
  return state === "running" || state === "restarting" || state === "paused";
}

/** A container that ended with 0 has done its work. */
function isWanted(
  { state, exitCode }: { readonly state: string; readonly exitCode: number | null },
): boolean {
  return state !== "exited" || exitCode !== 0;
}
