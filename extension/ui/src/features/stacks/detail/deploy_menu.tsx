import { ActionMenu } from "../../../components/action_menu.tsx";
import { DownIcon } from "../../../components/icons.tsx";
import { DEPLOY_LABELS } from "../model/labels_detail.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

/** Props of {@linkcode DeployMenu}. */
export interface DeployMenuProps extends StackTaskProps {
  readonly obstacle: string | undefined;
}

/** Menu of deployments that do more than the plain one. */
export function DeployMenu({ feed, task, stack, obstacle }: DeployMenuProps) {
  const actions = (["build", "recreate"] as const).map((option) => ({
    ...DEPLOY_LABELS[option],
    onClick: () => void task.run(() => feed.act(stack, "deploy", { [option]: true })),
  }));
  return (
    <ActionMenu
      label={DEPLOY_LABELS.menu}
      icon={<DownIcon fontSize="small" />}
      obstacle={obstacle}
      actions={actions}
    />
  );
}
