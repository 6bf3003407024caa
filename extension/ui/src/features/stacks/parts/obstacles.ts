/** Reasons why a button cannot be used now, as sentences for its tooltip. */
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useAbout, useObstacle } from "../../../lib/client.ts";
import { busyLabel, OBSTACLES } from "../model/labels.ts";

/** Returns why this client cannot change any stack; `undefined` when it can. */
export function useStackObstacle(): string | undefined {
  const obstacle = useObstacle();
  const simulated = useAbout()?.simulated === true;
  return simulated ? OBSTACLES.simulated : obstacle;
}

/** Returns why a stack with an unfinished operation cannot start another; `undefined` when it can. */
export function busyObstacle(stack: Pick<Stack, "operation" | "name" | "managed">): string | undefined {
  return stack.operation === null ? undefined : busyLabel(stack.operation.action, stack);
}

/** Returns why a stack cannot be started, stopped or restarted; `undefined` when it can. */
export function containersObstacle({ status }: Pick<Stack, "status">): string | undefined {
  return status === "never_deployed" ? OBSTACLES.noContainers : undefined;
}
