import type { ReactNode } from "react";
import type { PlanDraft } from "../../../../../../../server/protocol/stack_requests.ts";
import { PLAN_LABELS } from "../../model/plan/labels_plan.ts";
import type { StackFeed } from "../../model/stack_feed.ts";
import type { DeployOptions } from "../../model/stack_requests.ts";
import { PlanDialog } from "./plan_dialog.tsx";

/** Props of {@linkcode DeployDialog}. */
export interface DeployDialogProps {
  readonly feed: StackFeed;
  /** Name of the stack. */
  readonly name: string;
  /** The texts to deploy. */
  readonly draft: PlanDraft;
  readonly options?: DeployOptions;
  /** Further changes of the deployment, shown below the plan. */
  readonly children?: ReactNode;
  readonly onDeploy: () => void;
  readonly onCancel: () => void;
}

/** Shows what a deployment would change, and asks for a confirmation. */
export function DeployDialog(
  { feed, name, draft, options = {}, children, onDeploy, onCancel }: DeployDialogProps,
) {
  return (
    <PlanDialog
      feed={feed}
      title={PLAN_LABELS.title(name)}
      confirm={PLAN_LABELS.deploy}
      draft={draft}
      notes={(["build", "recreate"] as const).filter((option) => options[option]).map((option) =>
        PLAN_LABELS[option]
      )}
      onConfirm={onDeploy}
      onCancel={onCancel}
    >
      {children}
    </PlanDialog>
  );
}
