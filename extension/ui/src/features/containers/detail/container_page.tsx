import { Box } from "@mui/material";
import { type ReactNode, useEffect, useState } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useAbout, useClient } from "../../../lib/client.ts";
import { useRoute } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { stackLink } from "../properties/detail_facts.ts";
import { type PortPlace, portViews } from "../../../lib/published_ports.ts";
import { useDetails } from "../parts/use_details.ts";
import { ContainerFeed } from "../model/container_feed.ts";
import { LABELS } from "../model/labels.ts";
import { hasMemoryLimit } from "../model/memory_limit.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { browserShelf, rememberIdentity } from "../model/successor.ts";
import { TaskNotices } from "../parts/task_notices.tsx";
import { useContainerTask } from "../parts/use_container_actions.ts";
import { ContainerHeading } from "./container_heading.tsx";
import { tabOf } from "./container_tabs.tsx";
import { FiringNotice } from "./firing_notice.tsx";
import { HostSilence } from "./host_silence.tsx";
import { failedCheck } from "../attention/failed_check.ts";
import { runFacts } from "./run_facts.ts";
import { MissingContainer } from "./missing_container.tsx";
import { RemovedNotice } from "./removed_notice.tsx";
import { TabContent } from "./tab_content.tsx";

/** Props of {@linkcode ContainerPage}. */
export interface ContainerPageProps {
  readonly feed: StatsFeed;
  readonly hostId: string;
  readonly containerId: string;
  /** Renders the container's logs. */
  readonly output: (name: string) => ReactNode;
}

/** Page of one container, with its logs, charts and details. */
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
  readonly output: ContainerPageProps["output"];
}

function Loaded({ feed, own, output }: LoadedProps) {
  useObservable(feed.view);
  const { newest } = useObservable(own.view);
  const message = feed.row(own.hostId, own.containerId)?.newest ?? newest;
  if (message === undefined) return <MissingContainer feed={feed} own={own} />;
  return <Known feed={feed} own={own} message={message} output={output} />;
}

interface KnownProps extends LoadedProps {
  readonly message: DetailedStatsMessage;
}

function portPlace(host: HostReport | undefined): PortPlace {
  return { pageHost: location.hostname, engineUrl: host?.url, publicName: host?.publicName ?? null };
}

function Known({ feed, own, message, output }: KnownProps) {
  const [secrets, setSecrets] = useState(false);
  const tab = tabOf(useRoute()[3]);
  const hosts = useObservable(feed.hosts);
  const host = hosts?.get(message.hostId);
  const task = useContainerTask(feed.tasks, message);
  const { hostId, id, name, state, health, project, service } = message;
  // The other operations change the state.
  const change = task?.action === "limit" ? task.phase : "";
  const revision = state === "removed" ? undefined : `${name} ${state} ${health} ${change}`;
  const loaded = useDetails(message, secrets, revision);
  useEffect(() => rememberIdentity(browserShelf(), message), [hostId, id, name, project, service]);
  const ports = portViews(loaded.details?.ports ?? [], portPlace(host));
  const memoryLimited = hasMemoryLimit(message, host);
  return (
    <Box sx={{ display: "flex", flexDirection: "column", flex: "1 1 0", minHeight: 0 }}>
      <ContainerHeading
        message={message}
        runs={runFacts(message, loaded.details)}
        scope={{ memoryLimited, showHost: hosts !== undefined && hosts.size > 1 }}
        ports={ports.filter(({ isPublished }) => isPublished)}
        feed={feed}
        check={failedCheck(message, loaded.details)}
        stack={stackLink({ stack_id: loaded.details?.stack_id ?? null, project, hostId })}
        tab={tab}
      />
      <Box sx={{ display: "grid", gap: 1, px: { xs: 1, sm: 2 }, flexShrink: 0, "& > *": { mt: 1 } }}>
        <Notices feed={feed} message={message} host={host} />
        <LiveNotice name={LABELS.chartSocket} socket={own.socket} />
      </Box>
      <TabContent
        tab={tab}
        feed={feed}
        own={own}
        message={message}
        loaded={loaded}
        ports={ports}
        secrets={secrets}
        onSecrets={setSecrets}
        host={host}
        output={output}
      />
    </Box>
  );
}

/** Notices about the container and its host. */
function Notices(
  { feed, message, host }: Pick<KnownProps, "feed" | "message"> & { readonly host: HostReport | undefined },
) {
  return (
    <>
      {message.state === "removed" && <RemovedNotice feed={feed} removed={message} />}
      <HostSilence host={host} />
      <FiringNotice containerId={message.id} />
      <TaskNotices tasks={feed.tasks} target={message} />
    </>
  );
}
