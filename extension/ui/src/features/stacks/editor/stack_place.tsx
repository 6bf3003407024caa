import { MenuItem, Stack as Flex, TextField } from "@mui/material";
import { IN_PLACE } from "../../../components/in_place.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { NAME_RULE, nameMistake } from "./stack_name.ts";
import type { StackFormValues } from "./use_stack_form.ts";

/** Props of {@linkcode StackPlace}. */
export interface StackPlaceProps {
  readonly feed: StackFeed;
  readonly values: StackFormValues;
  readonly isLocked: boolean;
  readonly onChange: (change: Partial<StackFormValues>) => void;
}

/** What a new stack is called, and on which host it is to run. */
export function StackPlace({ feed, values: { name, hostId }, isLocked, onChange }: StackPlaceProps) {
  const { hosts } = useObservable(feed.list);
  const wrong = name !== "" && nameMistake(name) !== undefined;
  return (
    <Flex direction="row" spacing={2} useFlexGap sx={{ flexWrap: "wrap" }}>
      <TextField
        size="small"
        label="Name"
        required
        autoFocus
        autoComplete="off"
        value={name}
        disabled={isLocked}
        error={wrong}
        helperText={NAME_RULE}
        onChange={({ target }) => onChange({ name: target.value })}
        sx={{ width: 520, maxWidth: "100%" }}
      />
      {hosts.length > 1 && (
        <TextField
          select
          size="small"
          label="Host"
          value={hostId ?? defaultHost(hosts)}
          disabled={isLocked}
          helperText="Where its containers run"
          onChange={({ target }) => onChange({ hostId: target.value })}
          sx={{ width: 220 }}
          slotProps={IN_PLACE}
        >
          {hosts.map((host) => <MenuItem key={host.hostId} value={host.hostId}>{host.hostId}</MenuItem>)}
        </TextField>
      )}
    </Flex>
  );
}

/** The one that the server takes when none is named. */
function defaultHost(hosts: readonly { readonly hostId: string }[]): string {
  return (hosts.find(({ hostId }) => hostId === "Localhost") ?? hosts[0]!).hostId;
}
