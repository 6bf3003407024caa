import { Chip, Stack, type Theme, Tooltip, useMediaQuery } from "@mui/material";
import { useSyncExternalStore } from "react";
import { describeLive } from "../components/labels.ts";
import { useClient } from "../lib/client.ts";
import type { LiveSocket } from "../lib/live.ts";
import { useObservable } from "../lib/use_observable.ts";
import { LABELS, PHASES } from "./labels.ts";

const COLORS = { connecting: "default", open: "success", waiting: "warning", refused: "error" } as const;

/** A chip per socket; on narrow screens one chip while all of them are connected. */
export function Connections() {
  const sockets = useObservable(useClient().sockets);
  const roomy = useMediaQuery(({ breakpoints }: Theme) => breakpoints.up("lg"));
  const quiet = useAllOpen([...sockets.values()]) && !roomy;
  return (
    <Stack
      direction="row"
      spacing={1}
      useFlexGap
      role="status"
      aria-label={LABELS.connections}
      sx={{ ml: "auto", py: 1, flexWrap: "wrap", justifyContent: "flex-end" }}
    >
      {quiet
        ? <Chip size="small" variant="outlined" color="success" label={PHASES.open} />
        : [...sockets].map(([name, socket]) => <Connection key={name} name={name} socket={socket} />)}
    </Stack>
  );
}

/** Returns true while all sockets are connected. */
function useAllOpen(sockets: readonly LiveSocket[]): boolean {
  const subscribe = (listener: () => void) => {
    const unsubscribes = sockets.map(({ state }) => state.subscribe(listener));
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  };
  return useSyncExternalStore(subscribe, () => sockets.every(({ state }) => state.value.phase === "open"));
}

function Connection({ name, socket }: { readonly name: string; readonly socket: LiveSocket }) {
  const state = useObservable(socket.state);
  return (
    <Tooltip describeChild title={`${name}: ${describeLive(state, Date.now())}`}>
      <Chip
        size="small"
        variant="outlined"
        color={COLORS[state.phase]}
        label={`${name}: ${PHASES[state.phase]}`}
        onClick={socket.retry}
      />
    </Tooltip>
  );
}
