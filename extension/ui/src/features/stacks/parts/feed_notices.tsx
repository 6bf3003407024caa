import { Alert } from "@mui/material";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import { NOTICES } from "../model/labels.ts";
import type { StackFeed } from "../model/stack_feed.ts";

/** Notices that the page may be out of date: a lost connection, a failed request, or hosts that are down. */
export function FeedNotices({ feed }: { readonly feed: StackFeed }) {
  const { known, error, hosts } = useObservable(feed.list);
  const { phase } = useObservable(feed.socket.state);
  const down = hosts.filter(({ state }) => state === "down");
  return (
    <>
      <LiveNotice name={NOTICES.socket} socket={feed.socket} />
      {known && error !== undefined && phase === "open" && (
        <Alert severity="warning" sx={{ py: 0 }}>{NOTICES.outdated(error)}</Alert>
      )}
      {down.map(({ hostId, error }) => (
        <Alert key={hostId} severity="warning" sx={{ py: 0 }}>{NOTICES.hostDown(hostId, error)}</Alert>
      ))}
    </>
  );
}
