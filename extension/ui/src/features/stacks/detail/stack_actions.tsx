import { Stack as Flex } from "@mui/material";
import { useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { MainAction, type StackTaskProps } from "../parts/main_action.tsx";
import { RemoveDialog } from "./remove_dialog.tsx";
import type { RowActionsProps } from "../list/row_actions.tsx";
import type { ProjectCommand, StackCommand } from "../model/stack_requests.ts";
import { withoutContainers } from "../model/stack_list.ts";
import { useStackObstacle } from "../parts/use_stack_obstacle.ts";
import { busyWith } from "../parts/use_task.ts";

type CommandRow<Name> = readonly [command: Name, label: string, help: string];

const COMMANDS = [
  ["start", "Start", "Starts the containers that it has"],
  ["stop", "Stop", "Stops its containers, and keeps them"],
  ["restart", "Restart", "Stops its containers and starts them again"],
] as const satisfies readonly CommandRow<ProjectCommand>[];
const OWN_COMMANDS = [
  ["pull", "Pull", "Fetches the images that its Compose file names; nothing is restarted"],
  ["update", "Update", "Pulls, then deploys: containers whose image is newer are made anew"],
] as const satisfies readonly CommandRow<StackCommand>[];

/** Everything that can be done to a stack. */
export function StackActions({ feed, task, stack, isKnown }: RowActionsProps) {
  const obstacle = useStackObstacle() ?? busyWith(stack);
  const unmade = withoutContainers(stack, isKnown);
  const commands = [
    ...COMMANDS.map((command) => [...command, obstacle ?? unmade] as const),
    ...stack.managed ? OWN_COMMANDS.map((command) => [...command, obstacle] as const) : [],
  ];
  return (
    <Flex direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap" }} role="group" aria-label="Actions">
      <MainAction feed={feed} task={task} stack={stack} obstacle={obstacle} variant="contained" />
      {commands.map(([command, label, help, obstacle]) => (
        <ActionButton
          key={command}
          label={label}
          help={help}
          obstacle={obstacle}
          onClick={() =>
            task.run(() => feed.act(stack, command))}
        />
      ))}
      {stack.stack_id !== null && (
        <OwnActions feed={feed} task={task} stack={stack} stackId={stack.stack_id} obstacle={obstacle} />
      )}
    </Flex>
  );
}

interface OwnActionsProps extends StackTaskProps {
  readonly stackId: number;
  readonly obstacle: string | undefined;
}

function OwnActions({ feed, task, stack, stackId, obstacle }: OwnActionsProps) {
  const [removing, setRemoving] = useState(false);
  const about = useAbout();
  const remove = (volumes: boolean) => {
    setRemoving(false);
    task.run(() => feed.remove(stack, volumes));
  };
  const secret = about?.access === "view"
    ? "Its files may hold secrets: reading them needs the token."
    : undefined;
  return (
    <>
      <ActionButton
        label={about?.readOnly ? "View files" : "Edit"}
        obstacle={secret}
        onClick={() => goTo("stacks", stackId, "edit")}
      />
      <ActionButton label="Remove" color="error" obstacle={obstacle} onClick={() => setRemoving(true)} />
      {removing && <RemoveDialog name={stack.name} onRemove={remove} onCancel={() => setRemoving(false)} />}
    </>
  );
}
