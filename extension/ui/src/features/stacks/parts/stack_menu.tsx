import { ActionMenu, type MenuAction } from "../../../components/action_menu.tsx";
import { MenuIcon } from "../../../components/icons.tsx";
import { COMMAND_LABELS, MENU_LABELS } from "../model/labels.ts";
import { usefulCommands } from "../model/useful_commands.ts";
import { busyObstacle, useStackObstacle } from "./obstacles.ts";
import { useReview } from "./use_review.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** Commands that need the files of the stack. */
const FILE_COMMANDS = ["update", "pull"] as const;

/** Props of {@linkcode StackMenu}. */
export interface StackMenuProps extends StackTaskProps {
  /** Entries below the commands. */
  readonly more?: readonly MenuAction[];
}

/** Menu of the commands that make sense for a stack now. */
export function StackMenu({ feed, task, stack, more = [] }: StackMenuProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const commands = [...usefulCommands(stack), ...stack.managed ? FILE_COMMANDS : []];
  const { update, dialog } = useReview({ feed, task, stack });
  const actions = commands.map((command) => ({
    ...COMMAND_LABELS[command],
    onClick: () => command === "update" ? update() : void task.run(() => feed.act(stack, command)),
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
