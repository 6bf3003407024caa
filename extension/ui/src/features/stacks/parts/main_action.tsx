import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { ActionButton, type ActionButtonProps } from "../../../components/action_button.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useDeploy } from "./use_deploy.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** Props of {@linkcode MainAction}. */
export interface MainActionProps extends StackTaskProps, Pick<ActionButtonProps, "obstacle" | "variant"> {}

/** Button that deploys a stack or adopts a project. Simulated projects cannot be adopted. */
export function MainAction({ feed, task, stack, obstacle, variant }: MainActionProps) {
  const isSimulated = useAbout()?.simulated === true;
  const { review, dialog } = useDeploy({ feed, task, stack });
  if (stack.managed) {
    return (
      <>
        <ActionButton
          {...COMMAND_LABELS.deploy}
          variant={variant}
          obstacle={obstacle}
          onClick={() => review()}
        />
        {dialog}
      </>
    );
  }
  if (isSimulated) return null;
  return (
    <ActionButton
      {...COMMAND_LABELS.adopt}
      variant={variant}
      obstacle={obstacle}
      onClick={() => task.run(() => adoptStack(feed, stack))}
    />
  );
}

/** Adopts a project and opens the page of its stack. */
async function adoptStack(feed: StackFeed, stack: Stack): Promise<void> {
  const stackId = await feed.adopt(stack);
  await feed.reload();
  goTo("stacks", stackId);
}
