import { Box, Stack as Flex } from "@mui/material";
import type { StackService } from "../../../../../../server/protocol/stacks.ts";
import { ActionIcon } from "../../../components/action_button.tsx";
import { ActionMenu } from "../../../components/action_menu.tsx";
import { MenuIcon, RestartIcon, StartIcon, StopIcon } from "../../../components/icons.tsx";
import { COMMAND_LABELS } from "../model/labels.ts";
import { SERVICE_LABELS } from "../model/labels_services.ts";
import type { ServiceCommand } from "../model/stack_requests.ts";
import { usefulServiceCommands } from "../model/useful_commands.ts";
import { busyObstacle, useStackObstacle } from "../parts/obstacles.ts";
import { useReview } from "../parts/use_review.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";

const ICONS = [
  ["start", StartIcon],
  ["restart", RestartIcon],
  ["stop", StopIcon],
] as const;
/** Width of an icon button, px. */
const ICON_PX = 30;

/** Props of {@linkcode ServiceActions}. */
export interface ServiceActionsProps extends StackTaskProps {
  readonly service: StackService;
}

/** Commands that apply to one service now. Each has a fixed place, so no button changes under the pointer. */
export function ServiceActions({ feed, task, stack, service }: ServiceActionsProps) {
  const { name } = service;
  const obstacle = useStackObstacle() ?? busyObstacle(stack);
  const useful = usefulServiceCommands(service);
  const { update, dialog } = useReview({ feed, task, stack });
  const act = (command: ServiceCommand) => void task.run(() => feed.actOnService(stack, name, command));
  return (
    <Flex direction="row" spacing={0.5} sx={{ justifyContent: "flex-end" }}>
      {ICONS.map(([command, Icon]) =>
        useful.includes(command)
          ? (
            <ActionIcon
              key={command}
              label={SERVICE_LABELS.action(COMMAND_LABELS[command].label, name)}
              help={COMMAND_LABELS[command].label}
              icon={<Icon fontSize="small" />}
              obstacle={obstacle}
              onClick={() => act(command)}
            />
          )
          : <Box key={command} component="span" sx={{ width: ICON_PX }} />
      )}
      <ActionMenu
        label={SERVICE_LABELS.menu(name)}
        icon={<MenuIcon fontSize="small" />}
        obstacle={obstacle}
        actions={(["pull", "update"] as const).map((command) => ({
          ...COMMAND_LABELS[command],
          onClick: () => command === "update" ? update(name) : act(command),
        }))}
      />
      {dialog}
    </Flex>
  );
}
