import { Alert, Button } from "@mui/material";
import type { LiveSocket } from "../lib/live.ts";
import { useNow } from "../lib/use_now.ts";
import { useObservable } from "../lib/use_observable.ts";
import { describeLive, LABELS } from "./labels.ts";

/** Props of {@linkcode LiveNotice}. */
export interface LiveNoticeProps {
  /** Display name of the socket, such as "Statistics". */
  readonly name: string;
  readonly socket: LiveSocket;
}

/** Warns that a socket is disconnected and shows when it reconnects; renders nothing while it is connected. */
export function LiveNotice({ name, socket }: LiveNoticeProps) {
  const state = useObservable(socket.state);
  const now = useNow(state.phase === "waiting");
  if (state.phase === "open" || state.phase === "connecting" && state.lastFrameAt === null) return null;
  const retry = state.phase === "connecting"
    ? undefined
    : <Button size="small" color="inherit" onClick={socket.retry}>{LABELS.retry}</Button>;
  return (
    <Alert severity={state.phase === "refused" ? "error" : "warning"} action={retry} sx={{ py: 0 }}>
      {`${name}: ${describeLive(state, now)}`}
    </Alert>
  );
}
