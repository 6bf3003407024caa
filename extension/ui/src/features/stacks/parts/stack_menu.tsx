import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { ActionMenu, type MenuAction } from "../../../components/action_menu.tsx";
import { MenuIcon } from "../../../components/icons.tsx";
import { COMMAND_LABELS, MENU_LABELS } from "../model/labels.ts";
import type { StackCommand } from "../model/stack_requests.ts";
import { neededCommand, usefulCommands } from "../model/useful_commands.ts";
import { busyObstacle, useStackObstacle } from "./obstacles.ts";
import { useReview } from "./use_review.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** Commands that need the files of the stack. */
const FILE_COMMANDS = ["deploy", "update", "pull"] as const;

/** Props of {@linkcode StackMenu}. */
export interface StackMenuProps extends StackTaskProps {
  /** Entries below the commands. */
  readonly more?: readonly MenuAction[];
}

/** Menu of the commands that make sense for a stack now. */
export function StackMenu({ feed, task, stack, more = [] }: StackMenuProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const { deploy, update, dialog } = useReview({ feed, task, stack });
  const actions = menuCommands(stack).map((command) => ({
    ...COMMAND_LABELS[command],
    onClick: () => {
      if (command === "deploy") return deploy();
      if (command === "update") return update();
      task.run(() => feed.act(stack, command));
    },
  }));
  if (actions.length + more.length === 0) return null;
  return (
    <>
      <ActionMenu
        label={MENU_LABELS.of(stack.name)}
        icon={<MenuIcon fontSize="small" />}
        obstacle={obstacle}
        actions={[...actions, ...more]}
      />
      {dialog}
    </>
  );
}

/** The commands that make sense, without the one that has a button. */
function menuCommands(stack: Stack): StackCommand[] {
  if (!stack.managed) return usefulCommands(stack);
  const needed = neededCommand(stack);
  return [...usefulCommands(stack), ...FILE_COMMANDS].filter((command) => command !== needed);
}
