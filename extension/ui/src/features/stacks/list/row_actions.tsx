import { Stack as Flex } from "@mui/material";
import { MainAction } from "../parts/main_action.tsx";
import { busyObstacle, useStackObstacle } from "../parts/obstacles.ts";
import { StackMenu } from "../parts/stack_menu.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";

/** The main action of a stack, and a menu of the others that make sense now. */
export function RowActions({ feed, task, stack }: StackTaskProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  return (
    <Flex direction="row" spacing={0.5} sx={{ justifyContent: "flex-end", alignItems: "center" }}>
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="text" />
      <StackMenu feed={feed} task={task} stack={stack} />
    </Flex>
  );
}
