import { Chip, Stack, Tooltip } from "@mui/material";
import { describeLive } from "../components/live_notice.tsx";
import { useClient } from "../lib/client.ts";
import type { LiveSocket } from "../lib/live.ts";
import { useObservable } from "../lib/use_observable.ts";

const WORDS = {
  connecting: "connecting",
  open: "live",
  waiting: "disconnected",
  refused: "refused",
} as const;
const COLOURS = { connecting: "default", open: "success", waiting: "warning", refused: "error" } as const;

/** One chip per socket: how each stands. */
export function Connections() {
  const sockets = useObservable(useClient().sockets);
  return (
    <Stack direction="row" spacing={1} role="status" aria-label="Connections">
      {[...sockets].map(([name, socket]) => <Connection key={name} name={name} socket={socket} />)}
    </Stack>
  );
}

function Connection({ name, socket }: { readonly name: string; readonly socket: LiveSocket }) {
  const state = useObservable(socket.state);
  return (
    <Tooltip describeChild title={describeLive(name, state, Date.now())}>
      <Chip
        size="small"
        variant="outlined"
        color={COLOURS[state.phase]}
        label={`${name}: ${WORDS[state.phase]}`}
        onClick={socket.retry}
      />
    </Tooltip>
  );
}
