import { Box, Link } from "@mui/material";
import { useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { ContainerFeed } from "../model/container_feed.ts";
import { LABELS } from "../model/labels.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { browserShelf, recallIdentity } from "../model/successor.ts";
import { RemovedNotice } from "./removed_notice.tsx";

/** Props of {@linkcode MissingContainer}. */
export interface MissingContainerProps {
  readonly feed: StatsFeed;
  readonly own: ContainerFeed;
}

/** Placeholder while a container is unknown; a removed one that was opened before leads to its successor. */
export function MissingContainer({ feed, own }: MissingContainerProps) {
  const { phase } = useObservable(own.socket.state);
  const [removed] = useState(() => recallIdentity(browserShelf(), own.hostId, own.containerId));
  return (
    <Box sx={{ p: 2, overflow: "auto" }}>
      <Link href={hrefTo("containers")}>{LABELS.allContainers}</Link>
      <LiveNotice name={LABELS.chartSocket} socket={own.socket} />
      {phase === "open"
        ? (
          <>
            <EmptyState heading="h1" title={LABELS.missingTitle}>
              {LABELS.missingText}
            </EmptyState>
            {removed !== undefined && <RemovedNotice feed={feed} removed={removed} />}
          </>
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
