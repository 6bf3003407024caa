import { Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { goTo } from "../../../lib/route.ts";
import { VERSIONS_LABELS } from "../model/labels_contents.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import type { RestoreActionProps } from "./restore_action.tsx";

/** Button that restores a version and deploys it with the images that it had, after a confirmation. */
export function DeployVersionAction({ feed, task, stackId, version }: RestoreActionProps) {
  const [asking, setAsking] = useState(false);
  const obstacle = useStackObstacle();
  const deploy = () => {
    setAsking(false);
    task.run(async () => {
      await feed.contents.deploy(stackId, version);
      await feed.reload();
      goTo("stacks", stackId);
    });
  };
  return (
    <>
      <ActionButton
        label={VERSIONS_LABELS.deploy}
        help={VERSIONS_LABELS.deployOf(version)}
        obstacle={obstacle}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <ConfirmDialog
          title={VERSIONS_LABELS.deployTitle(version)}
          action={VERSIONS_LABELS.deploy}
          onConfirm={deploy}
          onCancel={() => setAsking(false)}
        >
          <Typography variant="body2">{VERSIONS_LABELS.deployText}</Typography>
        </ConfirmDialog>
      )}
    </>
  );
}
