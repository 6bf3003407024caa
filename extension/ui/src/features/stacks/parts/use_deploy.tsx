import { type ReactNode, useState } from "react";
import type { DeployOptions } from "../model/stack_requests.ts";
import { DeployDialog } from "./deploy_dialog.tsx";
import type { StackTaskProps } from "./use_task.ts";

/** A deployment that is reviewed before it starts. */
export interface Deploy {
  /** Opens the review. */
  readonly review: (options?: DeployOptions) => void;
  /** The open dialog. */
  readonly dialog: ReactNode;
}

/** Returns how to deploy the stored texts of a stack. */
export function useDeploy({ feed, task, stack }: StackTaskProps): Deploy {
  const [options, setOptions] = useState<DeployOptions>();
  const deploy = () => {
    setOptions(undefined);
    task.run(() => feed.act(stack, "deploy", options));
  };
  const dialog = options !== undefined && stack.stack_id !== null && (
    <DeployDialog
      feed={feed}
      name={stack.name}
      draft={{ stack_id: stack.stack_id }}
      options={options}
      onDeploy={deploy}
      onCancel={() => setOptions(undefined)}
    />
  );
  return { review: (options = {}) => setOptions(options), dialog };
}
