import { Stack as Flex } from "@mui/material";
import { useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { MainAction } from "../parts/main_action.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import { DeployMenu } from "./deploy_menu.tsx";
import type { Release } from "./no_stack.tsx";
import { RemoveDialog } from "./remove_dialog.tsx";
import type { ProjectCommand, RemovalOptions, StackCommand } from "../model/stack_requests.ts";
import { busyObstacle, containersObstacle, useStackObstacle } from "../parts/obstacles.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

const COMMANDS = ["start", "stop", "restart"] as const satisfies readonly ProjectCommand[];
/** Commands that need the files of the stack. */
const FILE_COMMANDS = ["pull", "update"] as const satisfies readonly StackCommand[];

/** Props of {@linkcode StackActions}. */
export interface StackActionsProps extends StackTaskProps {
  readonly onReleased: (release: Release) => void;
}

/** All commands of a stack. */
export function StackActions({ feed, task, stack, onReleased }: StackActionsProps) {
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
      sx={{ flexWrap: "wrap", alignItems: "center" }}
      role="group"
      aria-label={DETAIL_LABELS.actions}
    >
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="contained" />
      {stack.managed && <DeployMenu feed={feed} task={task} stack={stack} obstacle={obstacle} />}
      {commands.map(([command, obstacle]) => (
        <ActionButton
          key={command}
          {...COMMAND_LABELS[command]}
          obstacle={obstacle}
          onClick={() => task.run(() => feed.act(stack, command))}
        />
      ))}
      {stack.stack_id !== null && <EditAction stackId={stack.stack_id} />}
      <RemoveAction feed={feed} task={task} stack={stack} obstacle={obstacle} onReleased={onReleased} />
    </Flex>
  );
}

function EditAction({ stackId }: { readonly stackId: number }) {
  const about = useAbout();
  return (
    <ActionButton
      label={about?.readOnly ? DETAIL_LABELS.viewFiles : DETAIL_LABELS.edit}
      obstacle={about?.access === "view" ? DETAIL_LABELS.filesNeedToken : undefined}
      onClick={() => goTo("stacks", stackId, "edit")}
    />
  );
}

interface RemoveActionProps extends StackActionsProps {
  readonly obstacle: string | undefined;
}

function RemoveAction({ feed, task, stack, obstacle, onReleased }: RemoveActionProps) {
  const [removing, setRemoving] = useState(false);
  const remove = ({ volumes, keep }: RemovalOptions) => {
    setRemoving(false);
    const release = async () => onReleased({ stack, kept: await feed.requests.release(stack.stack_id!) });
    task.run(() => keep ? release() : feed.remove(stack, volumes));
  };
  return (
    <>
      <ActionButton
        label={DETAIL_LABELS.remove}
        color="error"
        obstacle={obstacle}
        onClick={() => setRemoving(true)}
      />
      {removing && (
        <RemoveDialog
          feed={feed}
          stack={stack}
          onRemove={remove}
          onCancel={() => setRemoving(false)}
        />
      )}
    </>
  );
}
