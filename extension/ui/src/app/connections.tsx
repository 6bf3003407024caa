import { Chip, Stack, type Theme, Tooltip, useMediaQuery } from "@mui/material";
import { useSyncExternalStore } from "react";
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

/** How each socket stands: a chip each, or where there is little room one for all that are well. */
export function Connections() {
  const sockets = useObservable(useClient().sockets);
  const roomy = useMediaQuery(({ breakpoints }: Theme) => breakpoints.up("lg"));
  const quiet = useAllOpen([...sockets.values()]) && !roomy;
  return (
    <Stack direction="row" spacing={1} role="status" aria-label="Connections" sx={{ flexShrink: 0 }}>
      {quiet
        ? <Chip size="small" variant="outlined" color="success" label="live" />
        : [...sockets].map(([name, socket]) => <Connection key={name} name={name} socket={socket} />)}
    </Stack>
  );
}

/** Whether all of some sockets are open now. */
function useAllOpen(sockets: readonly LiveSocket[]): boolean {
  const subscribe = (listener: () => void) => {
    const ends = sockets.map(({ state }) => state.subscribe(listener));
    return () => ends.forEach((end) => end());
  };
  return useSyncExternalStore(subscribe, () => sockets.every(({ state }) => state.value.phase === "open"));
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
