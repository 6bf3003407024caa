import { LinearProgress } from "@mui/material";
import { EmptyState } from "../../components/empty_state.tsx";
import type { LiveSocket } from "../../lib/live.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS } from "./labels.ts";

/** Placeholder for an empty log, once the socket is connected. */
export function NoOutput({ socket }: { readonly socket: LiveSocket }) {
  const { phase } = useObservable(socket.state);
  if (phase !== "open") return <LinearProgress aria-label={LABELS.connecting} />;
  return <EmptyState title={LABELS.emptyTitle}>{LABELS.emptyText}</EmptyState>;
}
