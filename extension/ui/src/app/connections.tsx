import { Box, Button, Stack, Tooltip } from "@mui/material";
import { describeLive } from "../components/labels.ts";
import { VISUALLY_HIDDEN } from "../components/visually_hidden.ts";
import { useClient } from "../lib/client.ts";
import type { LiveSocket } from "../lib/live.ts";
import { useObservable } from "../lib/use_observable.ts";
import { LABELS, PHASES } from "./labels.ts";

const CHIP = { py: 0, minHeight: 24, borderRadius: 3, whiteSpace: "nowrap" } as const;
const COLORS = { connecting: "inherit", open: "success", waiting: "warning", refused: "error" } as const;

/** A button for each socket that is not connected; the others are named for screen readers only. */
export function Connections() {
  const sockets = useObservable(useClient().sockets);
  return (
    <Stack direction="row" spacing={1} role="status" aria-label={LABELS.connections} sx={{ minWidth: 0 }}>
      {[...sockets].map(([name, socket]) => <Connection key={name} name={name} socket={socket} />)}
    </Stack>
  );
}

function Connection({ name, socket }: { readonly name: string; readonly socket: LiveSocket }) {
  const state = useObservable(socket.state);
  const text = `${name}: ${PHASES[state.phase]}`;
  // A connection that opens for the first time takes a moment.
  if (state.phase === "open" || state.phase === "connecting" && state.lastFrameAt === null) {
    return <Box component="span" sx={VISUALLY_HIDDEN}>{text}</Box>;
  }
  return (
    <Tooltip describeChild title={`${name}: ${describeLive(state, Date.now())}`}>
      <Button size="small" variant="outlined" color={COLORS[state.phase]} onClick={socket.retry} sx={CHIP}>
        {text}
      </Button>
    </Tooltip>
  );
}
