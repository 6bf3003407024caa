import { Box, Button, Typography } from "@mui/material";
import { lazy, Suspense, useCallback, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { TerminalStart } from "../../../../../../server/protocol/terminal/frames.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { useClient } from "../../../lib/client.ts";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { Observable } from "../../../lib/observable.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { TERMINAL_LABELS } from "./labels.ts";
import { TerminalBar } from "./terminal_bar.tsx";
import type { ShownSession } from "./terminal_screen.tsx";
import type { OpenSocket, SessionState } from "./terminal_session.ts";
import { terminalPath, useTerminalFacts } from "./use_terminal_facts.ts";

const TerminalScreen = lazy(() => loadWithRetry(() => import("./terminal_screen.tsx")));

/** State while no session was started. */
const UNOPENED = new Observable<SessionState | undefined>(undefined);

/** Props of {@linkcode TerminalView}. */
export interface TerminalViewProps {
  readonly message: DetailedStatsMessage;
}

/** A terminal in a container, or the reason why there is no terminal. */
export default function TerminalView({ message }: TerminalViewProps) {
  const { desktop } = useClient();
  if (desktop !== undefined) return <InDesktop message={message} />;
  return <InBrowser message={message} />;
}

/** Docker Desktop has a terminal, which its users know. */
function InDesktop({ message: { hostId, id } }: TerminalViewProps) {
  const navigate = useClient().desktop?.desktopUI.navigate;
  const isOwn = navigate !== undefined && hostId === "Localhost";
  return (
    <EmptyState title={isOwn ? TERMINAL_LABELS.desktop : TERMINAL_LABELS.unavailable}>
      {isOwn
        ? (
          <Button variant="contained" disableElevation onClick={() => navigate.viewContainerTerminal(id)}>
            {TERMINAL_LABELS.openInDesktop}
          </Button>
        )
        : TERMINAL_LABELS.desktopOther}
    </EmptyState>
  );
}

function InBrowser({ message }: TerminalViewProps) {
  const { name, state: containerState } = message;
  const { transport } = useClient();
  const { facts, obstacle } = useTerminalFacts(message, containerState);
  const [command, setCommand] = useState<Pick<TerminalStart, "cmd" | "user">>();
  const [shown, setShown] = useState<ShownSession>();
  const state = useObservable<SessionState | undefined>(shown?.session.state ?? UNOPENED);
  const path = terminalPath(message);
  const open: OpenSocket = useCallback(
    ([cols, rows], listener) => transport.openBytes!(`${path}?cols=${cols}&rows=${rows}`, listener),
    [transport, path],
  );
  // What a session has shown stays readable when no other can be opened.
  if (obstacle !== undefined && command === undefined) {
    return <EmptyState title={TERMINAL_LABELS.unavailable}>{obstacle}</EmptyState>;
  }
  if (facts === undefined && command === undefined) return <Loading />;
  return (
    <Box sx={{ display: "flex", flexDirection: "column", gap: 1, flex: "1 1 0", minHeight: 0 }}>
      <TerminalBar
        facts={facts}
        obstacle={obstacle ?? stateObstacle(name, containerState)}
        command={command}
        state={state}
        shown={shown}
        onOpen={setCommand}
      />
      {command === undefined
        ? <Typography variant="body2" color="text.secondary">{TERMINAL_LABELS.recorded}</Typography>
        : (
          <Suspense fallback={<Loading />}>
            <TerminalScreen name={name} open={open} command={command} onSession={setShown} />
          </Suspense>
        )}
    </Box>
  );
}

function stateObstacle(name: string, state: string): string | undefined {
  return state === "running" ? undefined : TERMINAL_LABELS.notRunning(name);
}
