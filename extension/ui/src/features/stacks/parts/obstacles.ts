/** Reasons why a button cannot be used now, as sentences for its tooltip. */
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useAbout, useObstacle } from "../../../lib/client.ts";
import { busyLabel, OBSTACLES } from "../model/labels.ts";
import { lacksContainers } from "../model/stack_list.ts";

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

/** Returns why a stack cannot be started, stopped or restarted; `undefined` when it can, or when its host is down. */
export function containersObstacle(
  stack: Pick<Stack, "managed" | "services">,
  isKnown: boolean,
): string | undefined {
  return isKnown && lacksContainers(stack) ? OBSTACLES.noContainers : undefined;
}
