import { useAbout } from "../../../lib/client.ts";
import { ActionButton, type ActionButtonProps } from "../../../components/action_button.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { neededCommand } from "../model/useful_commands.ts";
import { useReview } from "./use_review.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** Props of {@linkcode MainAction}. */
export interface MainActionProps extends StackTaskProps, Pick<ActionButtonProps, "obstacle" | "variant"> {}

/** Button of what a stack needs now, or that adopts a project. Simulated projects cannot be adopted. */
export function MainAction({ feed, task, stack, obstacle, variant }: MainActionProps) {
  const isSimulated = useAbout()?.simulated === true;
  const { deploy, adopt, dialog } = useReview({ feed, task, stack });
  const command = stack.managed ? neededCommand(stack) : isSimulated ? undefined : "adopt";
  const actions = {
    deploy: () => deploy(),
    start: () => void task.run(() => feed.act(stack, "start")),
    adopt,
  };
  return (
    <>
      {command !== undefined && (
        <ActionButton
          {...COMMAND_LABELS[command]}
          variant={variant}
          obstacle={obstacle}
          onClick={actions[command]}
        />
      )}
      {dialog}
    </>
  );
}
