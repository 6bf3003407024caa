import { FormControlLabel, LinearProgress, Stack, Switch } from "@mui/material";
import { useEffect, useState } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { LineList } from "../../components/line_list.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useAbout, useClient } from "../../lib/client.ts";
import type { LiveSocket } from "../../lib/live.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { isBoolean, useStoredState } from "../../lib/use_stored_state.ts";
import { LABELS } from "./labels.ts";
import { type ContainerKey, OutputFeed } from "./output_feed.ts";

/** Live logs of a container, for users with the token. */
export default function ContainerOutput({ hostId, containerId }: ContainerKey) {
  const about = useAbout();
  if (about === undefined) return <LinearProgress aria-label={LABELS.loading} />;
  if (about.access === "full") {
    return <Output key={`${hostId}/${containerId}`} hostId={hostId} containerId={containerId} />;
  }
  return <EmptyState title={LABELS.signInTitle}>{LABELS.signInText}</EmptyState>;
}

function Output(container: ContainerKey) {
  const feed = useOutputFeed(container);
  const [showTimes, setShowTimes] = useStoredState("output.times", true, isBoolean);
  if (feed === undefined) return null;
  return (
    <Stack spacing={1} sx={{ flex: "1 1 0", minHeight: 320 }}>
      <LiveNotice name={LABELS.socket} socket={feed.socket} />
      <LineList
        store={feed.lines}
        name={LABELS.listName}
        fileName={`${container.containerId.slice(0, 12)}.log.txt`}
        showTimes={showTimes}
        empty={<NoOutput socket={feed.socket} />}
      >
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={showTimes}
              onChange={({ target }) => setShowTimes(target.checked)}
            />
          }
          label={LABELS.showTimes}
          slotProps={{ typography: { variant: "body2" } }}
        />
      </LineList>
    </Stack>
  );
}

/** Placeholder for an empty list, once the socket is connected. */
function NoOutput({ socket }: { readonly socket: LiveSocket }) {
  const { phase } = useObservable(socket.state);
  if (phase !== "open") return <LinearProgress aria-label={LABELS.connecting} />;
  return <EmptyState title={LABELS.emptyTitle}>{LABELS.emptyText}</EmptyState>;
}

/** Opens a feed while the page shows the container, and shows its socket in the header. */
function useOutputFeed({ hostId, containerId }: ContainerKey): OutputFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<OutputFeed>();
  useEffect(() => {
    const opened = new OutputFeed(transport, { hostId, containerId });
    const hide = show(LABELS.socket, opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, hostId, containerId]);
  return feed;
}
