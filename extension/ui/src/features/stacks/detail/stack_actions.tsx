import { Stack as Flex } from "@mui/material";
import { useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { MainAction } from "../parts/main_action.tsx";
import { StackMenu } from "../parts/stack_menu.tsx";
import { DEPLOY_LABELS, DETAIL_LABELS } from "../model/labels_detail.ts";
import type { Release } from "./no_stack.tsx";
import { RemoveDialog } from "./remove_dialog.tsx";
import type { RemovalOptions } from "../model/stack_requests.ts";
import { busyObstacle, useStackObstacle } from "../parts/obstacles.ts";
import { useReview } from "../parts/use_review.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";

/** Deployments that do more than the plain one. */
const DEPLOYMENTS = ["build", "recreate"] as const;

/** Props of {@linkcode StackActions}. */
export interface StackActionsProps extends StackTaskProps {
  readonly onReleased: (release: Release) => void;
}

/** The main action of a stack, first so that the others keep their place, and a menu of those that make sense now. */
export function StackActions({ feed, task, stack, onReleased }: StackActionsProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const [removing, setRemoving] = useState(false);
  const { deploy, dialog } = useReview({ feed, task, stack });
  const deployments = stack.managed ? DEPLOYMENTS : [];
  const more = [
    ...deployments.map((option) => ({
      ...DEPLOY_LABELS[option],
      onClick: () => deploy({ [option]: true }),
    })),
    { label: DETAIL_LABELS.remove, help: DETAIL_LABELS.removeHelp, onClick: () => setRemoving(true) },
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
      {stack.stack_id !== null && <EditAction stackId={stack.stack_id} />}
      <StackMenu feed={feed} task={task} stack={stack} more={more} />
      {dialog}
      {removing && (
        <Removal
          feed={feed}
          task={task}
          stack={stack}
          onReleased={onReleased}
          onClose={() => setRemoving(false)}
        />
      )}
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

interface RemovalProps extends StackActionsProps {
  readonly onClose: () => void;
}

function Removal({ feed, task, stack, onReleased, onClose }: RemovalProps) {
  const remove = ({ volumes, keep }: RemovalOptions) => {
    onClose();
    const release = async () => onReleased({ stack, kept: await feed.requests.release(stack.stack_id!) });
    task.run(() => keep ? release() : feed.remove(stack, volumes));
  };
  return <RemoveDialog feed={feed} stack={stack} onRemove={remove} onCancel={onClose} />;
}
