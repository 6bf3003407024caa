import { RestartIcon, StartIcon, StopIcon } from "../../../components/icons.tsx";
import { Stack as Flex } from "@mui/material";
import { ActionIcon } from "../../../components/action_button.tsx";
import { MainAction } from "../parts/main_action.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { busyObstacle, containersObstacle, useStackObstacle } from "../parts/obstacles.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

const ICONS = [
  ["start", StartIcon],
  ["stop", StopIcon],
  ["restart", RestartIcon],
] as const;

/** The most frequent commands of a stack; its page has the others. */
export function RowActions({ feed, task, stack }: StackTaskProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  return (
    <Flex direction="row" spacing={0.5} sx={{ justifyContent: "flex-end", alignItems: "center" }}>
      {ICONS.map(([command, Icon]) => (
        <ActionIcon
          key={command}
          label={`${COMMAND_LABELS[command].label} ${stack.name}`}
          help={COMMAND_LABELS[command].label}
          icon={<Icon fontSize="small" />}
          obstacle={obstacle ?? containersObstacle(stack)}
          onClick={() => task.run(() => feed.act(stack, command))}
        />
      ))}
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="text" />
    </Flex>
  );
}
