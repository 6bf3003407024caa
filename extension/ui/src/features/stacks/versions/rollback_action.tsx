import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackVersion } from "../../../../../../server/protocol/stack_versions.ts";
import { DeployVersionAction } from "./deploy_version_action.tsx";
import { FAILURE_LABELS } from "../model/labels_detail.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import { useLoaded } from "../parts/use_loaded.ts";

/** Props of {@linkcode RollbackAction}. */
export interface RollbackActionProps extends Pick<StackTaskProps, "feed" | "task"> {
  readonly stackId: number;
  /** The operation that failed. */
  readonly failed: Pick<Operation, "operation_id" | "action">;
}

/** Button that deploys the version that ran before a failed deployment; nothing without such a version. */
export function RollbackAction({ feed, task, stackId, failed }: RollbackActionProps) {
  const { value: versions = [] } = useLoaded(
    feed,
    `${stackId} ${failed.operation_id}`,
    (signal) => feed.contents.versions(stackId, signal),
  );
  const target = rollbackTarget(versions, failed.action);
  if (target === undefined) return null;
  return (
    <DeployVersionAction
      feed={feed}
      task={task}
      stackId={stackId}
      version={target}
      label={FAILURE_LABELS.rollBack(target)}
      color="inherit"
    />
  );
}

/** The newest version that was deployed. The stored version helps only an update, which has changed its images. */
function rollbackTarget(versions: readonly StackVersion[], action: Operation["action"]): number | undefined {
  if (action !== "deploying" && action !== "updating") return undefined;
  const newest = versions.find(({ deployed_at }) => deployed_at !== null);
  return newest?.current && action === "deploying" ? undefined : newest?.version;
}
