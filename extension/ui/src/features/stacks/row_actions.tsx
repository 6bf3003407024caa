import { RestartIcon, StartIcon, StopIcon } from "../../components/icons.tsx";
import { Stack as Row } from "@mui/material";
import type { Stack } from "../../../../../server/protocol_stacks.ts";
import { goTo } from "../../lib/route.ts";
import { ActionButton, ActionIcon } from "./action_button.tsx";
import type { StackFeed } from "./stack_feed.ts";
import type { StackCommand } from "./stack_requests.ts";
import { useStackObstacle } from "./use_stack_obstacle.ts";
import { busyWith, type Task } from "./use_task.ts";

const ICONS = [
  ["start", "Start", StartIcon],
  ["stop", "Stop", StopIcon],
  ["restart", "Restart", RestartIcon],
] as const;

/** Takes over a project, and goes to its new page. */
export async function adoptStack(feed: StackFeed, stack: Stack): Promise<void> {
  const made = await feed.requests.adopt(stack);
  await feed.reload();
  goTo("stacks", made);
}

/** Props of {@linkcode RowActions}. */
export interface RowActionsProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly stack: Stack;
}

/** What is done to a stack most; the rest is on its page. */
export function RowActions({ feed, task, stack }: RowActionsProps) {
  const obstacle = useStackObstacle() ?? busyWith(stack);
  const act = (command: StackCommand) => task.run(() => feed.act(stack, command));
  const adopt = () => task.run(() => adoptStack(feed, stack));
  return (
    <Row direction="row" spacing={0.5} sx={{ justifyContent: "flex-end", alignItems: "center" }}>
      {ICONS.map(([command, word, Icon]) => (
        <ActionIcon
          key={command}
          label={`${word} ${stack.name}`}
          help={word}
          icon={<Icon fontSize="small" />}
          obstacle={obstacle}
          onClick={() => act(command)}
        />
      ))}
      {stack.managed
        ? (
          <ActionButton
            label="Deploy"
            variant="text"
            help="Makes its containers what its Compose file says"
            obstacle={obstacle}
            onClick={() => act("deploy")}
          />
        )
        : (
          <ActionButton
            label="Adopt"
            variant="text"
            help="Takes a copy of its Compose file, to edit and deploy it here"
            obstacle={obstacle}
            onClick={adopt}
          />
        )}
    </Row>
  );
}
