import { useAbout } from "../../../lib/client.ts";
import { ActionButton, type ActionButtonProps } from "../../../components/action_button.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { useReview } from "./use_review.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** Props of {@linkcode MainAction}. */
export interface MainActionProps extends StackTaskProps, Pick<ActionButtonProps, "obstacle" | "variant"> {}

/** Button that deploys a stack or adopts a project. Simulated projects cannot be adopted. */
export function MainAction({ feed, task, stack, obstacle, variant }: MainActionProps) {
  const isSimulated = useAbout()?.simulated === true;
  const { deploy, adopt, dialog } = useReview({ feed, task, stack });
  if (stack.managed) {
    return (
      <>
        <ActionButton
          {...COMMAND_LABELS.deploy}
          variant={variant}
          obstacle={obstacle}
          onClick={() => deploy()}
        />
        {dialog}
      </>
    );
  }
  if (isSimulated) return null;
  return (
    <>
      <ActionButton {...COMMAND_LABELS.adopt} variant={variant} obstacle={obstacle} onClick={adopt} />
      {dialog}
    </>
  );
}
