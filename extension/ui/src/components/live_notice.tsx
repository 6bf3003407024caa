import { Alert, Button } from "@mui/material";
import { formatTime } from "../lib/format.ts";
import type { LiveSocket, LiveState } from "../lib/live.ts";
import { useNow } from "../lib/use_now.ts";
import { useObservable } from "../lib/use_observable.ts";

/** Props of {@linkcode LiveNotice}. */
export interface LiveNoticeProps {
  /** What the socket brings, such as "statistics". */
  readonly name: string;
  readonly socket: LiveSocket;
}

/** Says that a socket is not connected, since when, and when it is tried again; nothing while it is. */
export function LiveNotice({ name, socket }: LiveNoticeProps) {
  const state = useObservable(socket.state);
  const now = useNow(state.phase === "waiting");
  if (state.phase === "open" || state.phase === "connecting" && state.lastFrameAt === null) return null;
  const retry = state.phase === "connecting"
    ? undefined
    : <Button size="small" color="inherit" onClick={socket.retry}>Try now</Button>;
  return (
    <Alert severity={state.phase === "refused" ? "error" : "warning"} action={retry} sx={{ py: 0 }}>
      {describeLive(name, state, now)}
    </Alert>
  );
}

/** A sentence on how a socket stands, such as "Statistics: disconnected, last update 12:04:31, next try in 4 s". */
export function describeLive(name: string, state: LiveState, now: number): string {
  const last = state.lastFrameAt === null ? "" : `, last update ${formatTime(state.lastFrameAt, now)}`;
  if (state.phase === "open") return `${name}: connected`;
  if (state.phase === "connecting") return `${name}: connecting${last}`;
  if (state.phase === "refused") return `${name}: ${state.why}`;
  const seconds = Math.max(Math.ceil((state.nextTryAt - now) / 1000), 0);
  return `${name}: disconnected${last}, next try in ${seconds} s`;
}
