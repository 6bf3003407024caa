import { Alert } from "@mui/material";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StackFeed } from "../model/stack_feed.ts";

/** What keeps the page from being true: no connection, an answer that did not come, a host that cannot be read. */
export function FeedNotices({ feed }: { readonly feed: StackFeed }) {
  const { known, error, hosts } = useObservable(feed.list);
  const { phase } = useObservable(feed.socket.state);
  const silent = hosts.filter(({ state }) => state === "down");
  return (
    <>
      <LiveNotice name="Stacks" socket={feed.socket} />
      {known && error !== undefined && phase === "open" && (
        <Alert severity="warning" sx={{ py: 0 }}>What is shown may be old: {error}</Alert>
      )}
      {silent.map(({ hostId, error }) => (
        <Alert key={hostId} severity="warning" sx={{ py: 0 }}>
          Host “{hostId}” cannot be read:{" "}
          {error ?? "its engine does not answer"}. Is Docker running there? It is tried again by itself; until
          then nothing is known of its containers.
        </Alert>
      ))}
    </>
  );
}
