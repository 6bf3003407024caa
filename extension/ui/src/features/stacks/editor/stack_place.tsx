import { MenuItem, Stack as Flex, TextField } from "@mui/material";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { PLACE_LABELS } from "../model/labels_editor.ts";
import { defaultHost, nameMistake } from "./server_rules.ts";
import type { StackFormValues } from "./use_stack_form.ts";

/** Props of {@linkcode StackPlace}. */
export interface StackPlaceProps {
  readonly feed: StackFeed;
  readonly values: Pick<StackFormValues, "name" | "hostId">;
  readonly isLocked: boolean;
  readonly onChange: (change: Partial<StackFormValues>) => void;
}

/** Fields for the name and the host of a new stack. */
export function StackPlace({ feed, values: { name, hostId }, isLocked, onChange }: StackPlaceProps) {
  const { hosts } = useObservable(feed.list);
  const isInvalid = name !== "" && nameMistake(name) !== undefined;
  return (
    <Flex direction="row" spacing={2} useFlexGap sx={{ flexWrap: "wrap" }}>
      <TextField
        size="small"
        label={PLACE_LABELS.name}
        required
        autoFocus
        autoComplete="off"
        value={name}
        disabled={isLocked}
        error={isInvalid}
        helperText={PLACE_LABELS.nameRule}
        onChange={({ target }) => onChange({ name: target.value })}
        sx={{ width: 520, maxWidth: "100%" }}
      />
      {hosts.length > 1 && (
        <TextField
          select
          size="small"
          label={PLACE_LABELS.host}
          value={hostId ?? defaultHost(hosts)}
          disabled={isLocked}
          helperText={PLACE_LABELS.hostHint}
          onChange={({ target }) => onChange({ hostId: target.value })}
          sx={{ width: 220 }}
          slotProps={MENU_IN_MAIN}
        >
          {hosts.map((host) => <MenuItem key={host.hostId} value={host.hostId}>{host.hostId}</MenuItem>)}
        </TextField>
      )}
    </Flex>
  );
}
