import { Box, Link, Typography } from "@mui/material";
import { type ReactNode, useEffect, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useAbout, useClient } from "../../../lib/client.ts";
import { hrefTo, useRoute } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { DetailsView } from "../properties/details_view.tsx";
import { portViews } from "../properties/published_ports.ts";
import { useDetails } from "../properties/use_details.ts";
import { ContainerFeed, type ContainerView } from "../model/container_feed.ts";
import { LABELS } from "../model/labels.ts";
import { hasMemoryLimit } from "../model/memory_limit.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { recallIdentity, rememberIdentity } from "../model/successor.ts";
import { TaskNotices } from "../parts/task_notices.tsx";
import { useContainerTask } from "../parts/use_container_actions.ts";
import { ContainerCharts } from "./container_charts.tsx";
import { ContainerFacts } from "./container_facts.tsx";
import { ContainerHeading, ContainerTabs } from "./container_heading.tsx";
import { RemovedNotice } from "./removed_notice.tsx";

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
  return own === undefined ? null : <Loaded feed={feed} own={own} output={output} />;
}

interface LoadedProps {
  readonly feed: StatsFeed;
  readonly own: ContainerFeed;
  readonly output: ReactNode;
}

function Loaded({ feed, own, output }: LoadedProps) {
  useObservable(feed.view);
  const view = useObservable(own.view);
  const message = feed.row(own.hostId, own.containerId)?.newest ?? view.newest;
  if (message === undefined) return <Missing feed={feed} own={own} />;
  return <Details feed={feed} own={own} view={view} message={message} output={output} />;
}

interface DetailsProps extends LoadedProps {
  readonly view: ContainerView;
  readonly message: DetailedStatsMessage;
}

function Details({ feed, own, view, message, output }: DetailsProps) {
  const [secrets, setSecrets] = useState(false);
  const tab = useRoute()[3] === "details" ? "details" : "overview";
  const host = useObservable(feed.hosts)?.get(message.hostId);
  const task = useContainerTask(feed.tasks, message);
  const { hostId, id, name, state, health, project, service } = message;
  const loaded = useDetails(message, secrets, `${name} ${state} ${health} ${task?.phase}`);
  useEffect(() => rememberIdentity(browserShelf(), message), [hostId, id, name, project, service]);
  const ports = portViews(loaded.details?.ports ?? [], {
    pageHost: location.hostname,
    engineUrl: host?.url,
  });
  return (
    <Box
      sx={{ overflow: "auto", p: 2, display: "flex", flexDirection: "column", gap: 2, flexGrow: 1 }}
      tabIndex={0}
      role="region"
      aria-label={`Container ${name}`}
    >
      <ContainerHeading
        message={message}
        tasks={feed.tasks}
        ports={ports.filter(({ isPublished }) => isPublished)}
      />
      {state === "removed" && <RemovedNotice feed={feed} removed={message} />}
      <TaskNotices tasks={feed.tasks} target={message} />
      <LiveNotice name={LABELS.chartSocket} socket={own.socket} />
      <ContainerTabs message={message} current={tab} />
      {tab === "details"
        ? (
          <DetailsView
            target={message}
            loaded={loaded}
            ports={ports}
            tasks={feed.tasks}
            secrets={secrets}
            onSecrets={setSecrets}
          />
        )
        : (
          <Overview
            view={view}
            message={message}
            memoryLimited={hasMemoryLimit(message, host)}
            output={output}
          />
        )}
    </Box>
  );
}

interface OverviewProps extends Pick<DetailsProps, "view" | "message" | "output"> {
  readonly memoryLimited: boolean;
}

function Overview({ view, message, memoryLimited, output }: OverviewProps) {
  const isRunning = message.state === "running";
  return (
    <>
      <ContainerFacts message={message} />
      {isRunning || view.points.length > 0
        ? (
          <ContainerCharts
            view={view}
            live={isRunning && !message.stale}
            memoryScale={memoryLimited ? null : message.memoryLimitBytes}
          />
        )
        : <Typography color="text.secondary">{LABELS.notMeasured}</Typography>}
      <Typography variant="h3" component="h2">{LABELS.logs}</Typography>
      <Box sx={{ display: "flex", flexDirection: "column", minHeight: 420, height: "60vh", flexShrink: 0 }}>
        {output}
      </Box>
    </>
  );
}

/** Placeholder while a container is unknown; a removed one that was opened before leads to its successor. */
function Missing({ feed, own }: Pick<LoadedProps, "feed" | "own">) {
  const { phase } = useObservable(own.socket.state);
  const [removed] = useState(() => recallIdentity(browserShelf(), own.hostId, own.containerId));
  return (
    <Box sx={{ p: 2 }}>
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

/** Returns the browser's storage; reading the property throws where it is blocked. */
function browserShelf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
