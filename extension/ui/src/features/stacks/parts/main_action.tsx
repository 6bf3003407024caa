import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { ActionButton, type ActionButtonProps } from "../../../components/action_button.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import type { Task } from "./use_task.ts";

/** What is needed to do something to a stack. */
export interface StackTaskProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly stack: Stack;
}

/** Props of {@linkcode MainAction}. */
export interface MainActionProps extends StackTaskProps, Pick<ActionButtonProps, "obstacle" | "variant"> {}

/** What makes a stack what its file says, or a project a stack; simulated projects can become none. */
export function MainAction({ feed, task, stack, obstacle, variant }: MainActionProps) {
  const isSimulated = useAbout()?.simulated === true;
  if (stack.managed) {
    return (
      <ActionButton
        label="Deploy"
        variant={variant}
        help="Makes its containers what its Compose file says"
        obstacle={obstacle}
        onClick={() => task.run(() => feed.act(stack, "deploy"))}
      />
    );
  }
  if (isSimulated) return null;
  return (
    <ActionButton
      label="Adopt"
      variant={variant}
      help="Takes a copy of its Compose file, to edit and deploy it here"
      obstacle={obstacle}
      onClick={() => task.run(() => adoptStack(feed, stack))}
    />
  );
}

/** Takes over a project, and goes to its new page. */
async function adoptStack(feed: StackFeed, stack: Stack): Promise<void> {
  const made = await feed.requests.adopt(stack);
  await feed.reload();
  goTo("stacks", made);
}
