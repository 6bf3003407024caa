import { type ReactNode, useState } from "react";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { goTo } from "../../../lib/route.ts";
import { PLAN_LABELS } from "../model/plan/labels_plan.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { DeployOptions } from "../model/stack_requests.ts";
import { DeployDialog } from "./plan/deploy_dialog.tsx";
import { PlanDialog } from "./plan/plan_dialog.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** An operation that is reviewed before it starts. */
type Reviewed =
  | { readonly command: "deploy"; readonly options: DeployOptions }
  /** Without a service, the whole stack. */
  | { readonly command: "update"; readonly service: string | undefined }
  | { readonly command: "adopt" };

/** Operations that are reviewed before they start. Each method opens the review. */
export interface Review {
  readonly deploy: (options?: DeployOptions) => void;
  readonly update: (service?: string) => void;
  readonly adopt: () => void;
  /** The open dialog. */
  readonly dialog: ReactNode;
}

/** Returns the reviews of a stack or project. */
export function useReview({ feed, task, stack }: StackTaskProps): Review {
  const [reviewed, setReviewed] = useState<Reviewed>();
  const start = () => {
    setReviewed(undefined);
    if (reviewed !== undefined) task.run(() => run(feed, stack, reviewed));
  };
  return {
    deploy: (options = {}) => setReviewed({ command: "deploy", options }),
    update: (service) => setReviewed({ command: "update", service }),
    adopt: () => setReviewed({ command: "adopt" }),
    dialog: reviewed && (
      <ReviewDialog
        feed={feed}
        stack={stack}
        reviewed={reviewed}
        onConfirm={start}
        onCancel={() => setReviewed(undefined)}
      />
    ),
  };
}

async function run(feed: StackFeed, stack: Stack, reviewed: Reviewed): Promise<void> {
  if (reviewed.command === "deploy") return await feed.act(stack, "deploy", reviewed.options);
  if (reviewed.command === "adopt") {
    const stackId = await feed.adopt(stack);
    await feed.reload();
    return goTo("stacks", stackId);
  }
  const { service } = reviewed;
  if (service === undefined) await feed.act(stack, "update");
  else await feed.actOnService(stack, service, "update");
}

interface ReviewDialogProps {
  readonly feed: StackFeed;
  readonly stack: Stack;
  readonly reviewed: Reviewed;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

function ReviewDialog({ feed, stack, reviewed, onConfirm, onCancel }: ReviewDialogProps) {
  const { stack_id, name, hostId } = stack;
  const common = { feed, onConfirm, onCancel };
  if (reviewed.command === "adopt") {
    return (
      <PlanDialog
        {...common}
        title={PLAN_LABELS.adoptTitle(name)}
        confirm={PLAN_LABELS.adopt}
        draft={{ project: name, hostId }}
        intro={[PLAN_LABELS.adoptHint, PLAN_LABELS.firstDeployment]}
      />
    );
  }
  if (stack_id === null) return null;
  if (reviewed.command === "deploy") {
    const { options } = reviewed;
    return (
      <DeployDialog
        feed={feed}
        name={name}
        draft={{ stack_id }}
        options={options}
        onDeploy={onConfirm}
        onCancel={onCancel}
      />
    );
  }
  const { service } = reviewed;
  return (
    <PlanDialog
      {...common}
      title={PLAN_LABELS.updateTitle(service ?? name)}
      confirm={PLAN_LABELS.update}
      draft={{ stack_id, command: "update", ...service === undefined ? {} : { service } }}
      imagesOf={hostId}
    />
  );
}
