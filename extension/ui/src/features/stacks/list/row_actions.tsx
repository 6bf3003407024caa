import { RestartIcon, StartIcon, StopIcon } from "../../../components/icons.tsx";
import { Stack as Flex } from "@mui/material";
import { ActionIcon } from "../../../components/action_button.tsx";
import { MainAction, type StackTaskProps } from "../parts/main_action.tsx";
import { withoutContainers } from "../model/stack_list.ts";
import { useStackObstacle } from "../parts/use_stack_obstacle.ts";
import { busyWith } from "../parts/use_task.ts";

const ICONS = [
  ["start", "Start", StartIcon],
  ["stop", "Stop", StopIcon],
  ["restart", "Restart", RestartIcon],
] as const;

/** Props of {@linkcode RowActions}. */
export interface RowActionsProps extends StackTaskProps {
  /** Whether its host can be read. */
  readonly isKnown: boolean;
}

/** What is done to a stack most; the rest is on its page. */
export function RowActions({ feed, task, stack, isKnown }: RowActionsProps) {
  const obstacle = useStackObstacle() ?? busyWith(stack);
  return (
    <Flex direction="row" spacing={0.5} sx={{ justifyContent: "flex-end", alignItems: "center" }}>
      {ICONS.map(([command, word, Icon]) => (
        <ActionIcon
          key={command}
          label={`${word} ${stack.name}`}
          help={word}
          icon={<Icon fontSize="small" />}
          obstacle={obstacle ?? withoutContainers(stack, isKnown)}
          onClick={() => task.run(() => feed.act(stack, command))}
        />
      ))}
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="text" />
    </Flex>
  );
}
