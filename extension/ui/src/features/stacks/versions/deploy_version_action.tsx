import { useState } from "react";
import { ActionButton, type ActionButtonProps } from "../../../components/action_button.tsx";
import { goTo } from "../../../lib/route.ts";
import { VERSIONS_LABELS } from "../model/labels_contents.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { PlanDialog } from "../parts/plan/plan_dialog.tsx";
import type { RestoreActionProps } from "./restore_action.tsx";

/** Props of {@linkcode DeployVersionAction}. */
export interface DeployVersionActionProps extends RestoreActionProps {
  /** Default "Deploy". */
  readonly label?: string;
  readonly color?: ActionButtonProps["color"];
}

/** Button that restores a version and deploys it with the images that it had, after a review of the changes. */
export function DeployVersionAction(
  { feed, task, stackId, version, label = VERSIONS_LABELS.deploy, color }: DeployVersionActionProps,
) {
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
        label={label}
        color={color}
        help={VERSIONS_LABELS.deployOf(version)}
        obstacle={obstacle}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <PlanDialog
          feed={feed}
          title={VERSIONS_LABELS.deployTitle(version)}
          confirm={VERSIONS_LABELS.deploy}
          draft={{ stack_id: stackId, version }}
          intro={[VERSIONS_LABELS.deployText]}
          onConfirm={deploy}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}
