import { Box, Button, Link, Stack, Typography } from "@mui/material";
import { type ReactNode, useEffect, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useClient } from "../../../lib/client.ts";
import type { LiveSocket } from "../../../lib/live.ts";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ContainerCharts } from "./container_charts.tsx";
import { ContainerFacts } from "./container_facts.tsx";
import { ContainerFeed } from "../model/container_feed.ts";
import { StateBadge } from "../parts/state_badge.tsx";
import { StateFrame } from "../list/table_frame.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** Props of {@linkcode ContainerPage}. */
export interface ContainerPageProps {
  readonly feed: StatsFeed;
  readonly hostId: string;
  readonly containerId: string;
  /** What the container writes. */
  readonly output: ReactNode;
}

/** One container: its charts with their past, what it is, and what it writes. */
export default function ContainerPage({ feed, hostId, containerId, output }: ContainerPageProps) {
  const client = useClient();
  const [own, setOwn] = useState<ContainerFeed>();
  useEffect(() => {
    const opened = new ContainerFeed(client, hostId, containerId);
    setOwn(opened);
    return () => opened[Symbol.dispose]();
  }, [client, hostId, containerId]);
  useObservable(feed.view);
  const known = feed.row(hostId, containerId)?.newest;
  return own === undefined ? null : <Details own={own} known={known} output={output} />;
}

interface DetailsProps {
  readonly own: ContainerFeed;
  readonly known: DetailedStatsMessage | undefined;
  readonly output: ReactNode;
}

function Details({ own, known, output }: DetailsProps) {
  const view = useObservable(own.view);
  const message = known ?? view.newest;
  if (message === undefined) return <Missing socket={own.socket} />;
  return (
    <Box
      sx={{ overflow: "auto", p: 2, display: "flex", flexDirection: "column", gap: 2, flexGrow: 1 }}
      tabIndex={0}
      role="region"
      aria-label={`Container ${message.name}`}
    >
      <Heading message={message} />
      <LiveNotice name="Charts" socket={own.socket} />
      <ContainerFacts message={message} />
      {message.state === "running" || view.points.length > 0
        ? <ContainerCharts view={view} live={message.state === "running" && !message.stale} />
        : (
          <Typography color="text.secondary">
            It does not run, and nothing was measured of it within the last hour.
          </Typography>
        )}
      <Typography variant="h3" component="h2">Output</Typography>
      <Box sx={{ display: "flex", flexDirection: "column", minHeight: 420, height: "60vh", flexShrink: 0 }}>
        {output}
      </Box>
    </Box>
  );
}

/** There is no such container, or not yet, or no way to know. */
function Missing({ socket }: { readonly socket: LiveSocket }) {
  const { phase } = useObservable(socket.state);
  return (
    <Box sx={{ p: 2 }}>
      <Link href={hrefTo("containers")}>← All containers</Link>
      <LiveNotice name="Charts" socket={socket} />
      {phase === "open"
        ? (
          <EmptyState heading="h1" title="There is no such container">
            It was removed, or has not been measured yet: then it appears here within seconds.
          </EmptyState>
        )
        : (
          <EmptyState
            heading="h1"
            title={phase === "refused" ? "It cannot be shown" : "Looking for the container …"}
          />
        )}
    </Box>
  );
}

function Heading({ message }: { readonly message: DetailedStatsMessage }) {
  return (
    <Stack direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
      <Link href={hrefTo("containers")}>← All containers</Link>
      <Typography variant="h1" sx={{ overflowWrap: "anywhere", unicodeBidi: "isolate" }}>
        {message.name}
      </Typography>
      <StateFrame sx={{ flexGrow: 1 }}>
        <StateBadge message={message} />
      </StateFrame>
      <DesktopLinks id={message.id} hostId={message.hostId} />
    </Stack>
  );
}

/** Docker Desktop's own pages of a container; it knows those of its own engine only. */
function DesktopLinks({ id, hostId }: { readonly id: string; readonly hostId: string }) {
  const navigate = useClient().desktop?.desktopUI.navigate;
  if (navigate === undefined || hostId !== "Localhost") return null;
  return (
    <>
      <Button size="small" onClick={() => navigate.viewContainer(id)}>Open in Docker Desktop</Button>
      <Button size="small" onClick={() => navigate.viewContainerTerminal(id)}>Terminal</Button>
    </>
  );
}
