import { Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { goTo } from "../../../lib/route.ts";
import { VERSIONS_LABELS } from "../model/labels_contents.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import type { Task } from "../parts/use_task.ts";

/** Props of {@linkcode RestoreAction}. */
export interface RestoreActionProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly stackId: number;
  readonly version: number;
}

/** Button that restores a version after a confirmation, and then opens the page of the stack. */
export function RestoreAction({ feed, task, stackId, version }: RestoreActionProps) {
  const [asking, setAsking] = useState(false);
  const obstacle = useStackObstacle();
  const restore = () => {
    setAsking(false);
    task.run(async () => {
      await feed.contents.restore(stackId, version);
      await feed.reload();
      goTo("stacks", stackId);
    });
  };
  return (
    <>
      <ActionButton
        label={VERSIONS_LABELS.restore}
        help={VERSIONS_LABELS.restoreOf(version)}
        obstacle={obstacle}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <ConfirmDialog
          title={VERSIONS_LABELS.restoreTitle(version)}
          action={VERSIONS_LABELS.restore}
          onConfirm={restore}
          onCancel={() => setAsking(false)}
        >
          <Typography variant="body2">{VERSIONS_LABELS.restoreText}</Typography>
        </ConfirmDialog>
      )}
    </>
  );
}
