import { CircularProgress, Stack as Flex } from "@mui/material";
import { lazy, memo, Suspense, useState } from "react";
import type { ContainerCommand } from "../../../../../../server/protocol/container_commands.ts";
import type { ContainerState } from "../../../../../../server/protocol/stats.ts";
import { ActionButton, ActionIcon } from "../../../components/action_button.tsx";
import { ActionMenu } from "../../../components/action_menu.tsx";
import { PartLoading } from "../../../components/part_loading.tsx";
import { MenuIcon, RestartIcon, StartIcon, StopIcon } from "../../../components/icons.tsx";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { type ContainerTarget, sendRemoval } from "../model/container_requests.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { ACTION_LABELS, ACTION_TEXTS } from "../model/labels_actions.ts";
import { runCommand } from "./undo.ts";
import { actionsFor, runningText, useContainerObstacle, useContainerTask } from "./use_container_actions.ts";

/** Loaded when it is opened, since dialogs are a tenth of the first scripts. */
const RemovalDialog = lazy(() => loadWithRetry(() => import("./removal_dialog.tsx")));

const ICONS: Readonly<Partial<Record<ContainerCommand, typeof StartIcon>>> = {
  start: StartIcon,
  stop: StopIcon,
  restart: RestartIcon,
};

/** Props of {@linkcode ContainerActionBar}; single values, so that a row of the table is rendered once. */
export interface ContainerActionsProps {
  readonly tasks: ContainerTasks;
  readonly hostId: string;
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  /** Shows icons instead of buttons, for a row of a table. */
  readonly compact?: boolean;
  /** Shows every action in the menu, for a phone. */
  readonly onlyMenu?: boolean;
}

/** Operations on one container, disabled with the reason while they are impossible. */
export const ContainerActionBar = memo(function ContainerActionBar(props: ContainerActionsProps) {
  const { tasks, hostId, id, name, state, compact = false, onlyMenu = false } = props;
  const target: ContainerTarget = { hostId, id, name };
  const [removing, setRemoving] = useState(false);
  const running = runningText(useContainerTask(tasks, target));
  const obstacle = useContainerObstacle() ?? running;
  const { main, more } = actionsFor(state);
  const inMenu = onlyMenu ? [...main, ...more] : more;
  return (
    <Flex
      direction="row"
      spacing={compact ? 0.5 : 1}
      sx={{ alignItems: "center", justifyContent: "flex-end" }}
    >
      {!onlyMenu &&
        main.map((command) => (
          <Command
            key={command}
            command={command}
            target={target}
            obstacle={obstacle}
            compact={compact}
            tasks={tasks}
          />
        ))}
      <ActionMenu
        label={compact ? ACTION_TEXTS.moreOf(name) : ACTION_TEXTS.more}
        icon={running !== undefined && compact
          ? <CircularProgress size={16} aria-hidden="true" />
          : <MenuIcon fontSize="small" />}
        obstacle={obstacle}
        actions={[
          ...inMenu.map((command) => ({
            ...ACTION_LABELS[command],
            onClick: () => runCommand(tasks, target, command),
          })),
          { ...ACTION_LABELS.remove, onClick: () => setRemoving(true) },
        ]}
      />
      {removing && (
        <Suspense fallback={<PartLoading />}>
          <Removal tasks={tasks} target={target} state={state} onClose={() => setRemoving(false)} />
        </Suspense>
      )}
    </Flex>
  );
});

interface RemovalProps extends Pick<ContainerActionsProps, "tasks" | "state"> {
  readonly target: ContainerTarget;
  readonly onClose: () => void;
}

function Removal({ tasks, target, state, onClose }: RemovalProps) {
  const { transport } = tasks;
  return (
    <RemovalDialog
      transport={transport}
      target={target}
      state={state}
      onCancel={onClose}
      onRemove={(options) => {
        onClose();
        void tasks.run(target, "remove", () => sendRemoval(transport, target, options));
      }}
    />
  );
}

interface CommandProps {
  readonly command: ContainerCommand;
  readonly target: ContainerTarget;
  readonly obstacle: string | undefined;
  readonly compact: boolean;
  readonly tasks: ContainerTasks;
}

function Command({ command, target, obstacle, compact, tasks }: CommandProps) {
  const { label, help } = ACTION_LABELS[command];
  const Icon = ICONS[command] ?? RestartIcon;
  const onClick = () => runCommand(tasks, target, command);
  const icon = <Icon fontSize="small" />;
  return compact
    ? (
      <ActionIcon
        label={ACTION_TEXTS.of(label, target.name)}
        help={label}
        icon={icon}
        obstacle={obstacle}
        onClick={onClick}
      />
    )
    : <ActionButton label={label} help={help} icon={icon} obstacle={obstacle} onClick={onClick} />;
}
