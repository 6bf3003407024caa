import { Stack as Flex } from "@mui/material";
import { useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { MainAction } from "../parts/main_action.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import { RemoveDialog } from "./remove_dialog.tsx";
import type { ProjectCommand, StackCommand } from "../model/stack_requests.ts";
import { busyObstacle, containersObstacle, useStackObstacle } from "../parts/obstacles.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

const COMMANDS = ["start", "stop", "restart"] as const satisfies readonly ProjectCommand[];
/** Commands that need the files of the stack. */
const FILE_COMMANDS = ["pull", "update"] as const satisfies readonly StackCommand[];

/** All commands of a stack. */
export function StackActions({ feed, task, stack }: StackTaskProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const noContainers = containersObstacle(stack);
  const commands = [
    ...COMMANDS.map((command) => [command, obstacle ?? noContainers] as const),
    ...stack.managed ? FILE_COMMANDS.map((command) => [command, obstacle] as const) : [],
  ];
  return (
    <Flex
      direction="row"
      spacing={1}
      useFlexGap
      sx={{ flexWrap: "wrap" }}
      role="group"
      aria-label={DETAIL_LABELS.actions}
    >
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="contained" />
      {commands.map(([command, obstacle]) => (
        <ActionButton
          key={command}
          {...COMMAND_LABELS[command]}
          obstacle={obstacle}
          onClick={() => task.run(() => feed.act(stack, command))}
        />
      ))}
      {stack.stack_id !== null && (
        <OwnActions feed={feed} task={task} stack={stack} stackId={stack.stack_id} obstacle={obstacle} />
      )}
    </Flex>
  );
}

interface OwnActionsProps extends StackTaskProps {
  readonly stackId: number;
  readonly obstacle: string | undefined;
}

function OwnActions({ feed, task, stack, stackId, obstacle }: OwnActionsProps) {
  const [removing, setRemoving] = useState(false);
  const about = useAbout();
  const remove = (volumes: boolean) => {
    setRemoving(false);
    task.run(() => feed.remove(stack, volumes));
  };
  return (
    <>
      <ActionButton
        label={about?.readOnly ? DETAIL_LABELS.viewFiles : DETAIL_LABELS.edit}
        obstacle={about?.access === "view" ? DETAIL_LABELS.filesNeedToken : undefined}
        onClick={() => goTo("stacks", stackId, "edit")}
      />
      <ActionButton
        label={DETAIL_LABELS.remove}
        color="error"
        obstacle={obstacle}
        onClick={() => setRemoving(true)}
      />
      {removing && <RemoveDialog name={stack.name} onRemove={remove} onCancel={() => setRemoving(false)} />}
    </>
  );
}
