import { Box, Button, Link, Stack, Typography } from "@mui/material";
import { type ReactNode, useEffect, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useAbout, useClient } from "../../../lib/client.ts";
import type { LiveSocket } from "../../../lib/live.ts";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ContainerCharts } from "./container_charts.tsx";
import { ContainerFacts } from "./container_facts.tsx";
import { ContainerFeed } from "../model/container_feed.ts";
import { LABELS } from "../model/labels.ts";
import { StateBadge } from "../parts/state_badge.tsx";
import { StateFrame } from "../list/table_frame.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** Props of {@linkcode ContainerPage}. */
export interface ContainerPageProps {
  readonly feed: StatsFeed;
  readonly hostId: string;
  readonly containerId: string;
  /** View of the container's logs. */
  readonly output: ReactNode;
}

/** Page of one container, with its charts, facts and logs. */
export default function ContainerPage({ feed, hostId, containerId, output }: ContainerPageProps) {
  const client = useClient();
  const access = useAbout()?.access;
  const [own, setOwn] = useState<ContainerFeed>();
  useEffect(() => {
    // The length of the history depends on it.
    if (access === undefined) return;
    const opened = new ContainerFeed(client, hostId, containerId);
    setOwn(opened);
    return () => opened[Symbol.dispose]();
  }, [client, access, hostId, containerId]);
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
      <LiveNotice name={LABELS.chartSocket} socket={own.socket} />
      <ContainerFacts message={message} />
      {message.state === "running" || view.points.length > 0
        ? <ContainerCharts view={view} live={message.state === "running" && !message.stale} />
        : (
          <Typography color="text.secondary">
            {LABELS.notMeasured}
          </Typography>
        )}
      <Typography variant="h3" component="h2">{LABELS.logs}</Typography>
      <Box sx={{ display: "flex", flexDirection: "column", minHeight: 420, height: "60vh", flexShrink: 0 }}>
        {output}
      </Box>
    </Box>
  );
}

/** Placeholder while a container is unknown. */
function Missing({ socket }: { readonly socket: LiveSocket }) {
  const { phase } = useObservable(socket.state);
  return (
    <Box sx={{ p: 2 }}>
      <Link href={hrefTo("containers")}>{LABELS.allContainers}</Link>
      <LiveNotice name={LABELS.chartSocket} socket={socket} />
      {phase === "open"
        ? (
          <EmptyState heading="h1" title={LABELS.missingTitle}>
            {LABELS.missingText}
          </EmptyState>
        )
        : (
          <EmptyState
            heading="h1"
            title={phase === "refused" ? LABELS.refusedTitle : LABELS.loading}
          />
        )}
    </Box>
  );
}

function Heading({ message }: { readonly message: DetailedStatsMessage }) {
  return (
    <Stack direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
      <Link href={hrefTo("containers")}>{LABELS.allContainers}</Link>
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

/** Links to Docker Desktop's pages, which exist only for its own engine. */
function DesktopLinks({ id, hostId }: { readonly id: string; readonly hostId: string }) {
  const navigate = useClient().desktop?.desktopUI.navigate;
  if (navigate === undefined || hostId !== "Localhost") return null;
  return (
    <>
      <Button size="small" onClick={() => navigate.viewContainer(id)}>{LABELS.openInDesktop}</Button>
      <Button size="small" onClick={() => navigate.viewContainerTerminal(id)}>{LABELS.terminal}</Button>
    </>
  );
}
