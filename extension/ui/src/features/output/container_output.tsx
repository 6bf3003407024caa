import { FormControlLabel, LinearProgress, Stack, Switch } from "@mui/material";
import { useEffect, useState } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { LineList } from "../../components/line_list.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useAbout, useClient } from "../../lib/client.ts";
import type { LiveSocket } from "../../lib/live.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { isBoolean, useRemembered } from "../../lib/remembered.ts";
import { type ContainerKey, OutputFeed } from "./output_feed.ts";

/** What a container writes, as it is written; that needs the token. */
export default function ContainerOutput({ hostId, containerId }: ContainerKey) {
  const about = useAbout();
  if (about === undefined) return <LinearProgress aria-label="Loading" />;
  if (about.access === "full") {
    return <Output key={`${hostId}/${containerId}`} hostId={hostId} containerId={containerId} />;
  }
  return (
    <EmptyState title="The output needs the token">
      What a container writes may hold secrets. Open the link that DockStat printed as it started, or paste
      the token above: “dockstat token”, on the machine where it runs, prints it.
    </EmptyState>
  );
}

function Output(container: ContainerKey) {
  const feed = useOutputFeed(container);
  const [showTimes, setShowTimes] = useRemembered("output.times", true, isBoolean);
  if (feed === undefined) return null;
  return (
    <Stack spacing={1} sx={{ flex: "1 1 0", minHeight: 320 }}>
      <LiveNotice name="Output" socket={feed.socket} />
      <LineList
        store={feed.lines}
        name="Output of the container"
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
          label="Show times"
          slotProps={{ typography: { variant: "body2" } }}
        />
      </LineList>
    </Stack>
  );
}

/** Only a server that listens can say that there is nothing. */
function NoOutput({ socket }: { readonly socket: LiveSocket }) {
  const { phase } = useObservable(socket.state);
  if (phase !== "open") return <LinearProgress aria-label="Connecting" />;
  return (
    <EmptyState title="No output yet">
      What the container writes to stdout and stderr appears here at once.
    </EmptyState>
  );
}

/** A feed for as long as the page shows the container; the header shows its socket. */
function useOutputFeed({ hostId, containerId }: ContainerKey): OutputFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<OutputFeed>();
  useEffect(() => {
    const opened = new OutputFeed(transport, { hostId, containerId });
    const hide = show("Output", opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, hostId, containerId]);
  return feed;
}
