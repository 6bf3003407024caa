import { Stack as Flex } from "@mui/material";
import type { StackService } from "../../../../../../server/protocol/stacks.ts";
import { ActionIcon } from "../../../components/action_button.tsx";
import { ActionMenu } from "../../../components/action_menu.tsx";
import { MenuIcon, RestartIcon, StartIcon, StopIcon } from "../../../components/icons.tsx";
import { COMMAND_LABELS, OBSTACLES } from "../model/labels.ts";
import { SERVICE_LABELS } from "../model/labels_services.ts";
import type { ServiceCommand } from "../model/stack_requests.ts";
import { busyObstacle, useStackObstacle } from "../parts/obstacles.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

const ICONS = [
  ["start", StartIcon],
  ["stop", StopIcon],
  ["restart", RestartIcon],
] as const;

/** Props of {@linkcode ServiceActions}. */
export interface ServiceActionsProps extends StackTaskProps {
  readonly service: StackService;
}

/** Commands of one service. */
export function ServiceActions({ feed, task, stack, service: { name, containers } }: ServiceActionsProps) {
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const noContainers = stack.status !== "unknown" && containers.length === 0
    ? OBSTACLES.noContainers
    : undefined;
  const act = (command: ServiceCommand) => void task.run(() => feed.actOnService(stack, name, command));
  return (
    <Flex direction="row" spacing={0.5} sx={{ justifyContent: "flex-end" }}>
      {ICONS.map(([command, Icon]) => (
        <ActionIcon
          key={command}
          label={SERVICE_LABELS.action(COMMAND_LABELS[command].label, name)}
          help={COMMAND_LABELS[command].label}
          icon={<Icon fontSize="small" />}
          obstacle={obstacle ?? noContainers}
          onClick={() => act(command)}
        />
      ))}
      <ActionMenu
        label={SERVICE_LABELS.menu(name)}
        icon={<MenuIcon fontSize="small" />}
        obstacle={obstacle}
        actions={(["pull", "update"] as const).map((command) => ({
          ...COMMAND_LABELS[command],
          onClick: () => act(command),
        }))}
      />
    </Flex>
  );
}
