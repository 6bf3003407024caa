import { lazy } from "react";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import type { Route } from "../lib/route.ts";
import { ContainersPage } from "../features/containers/list/containers_page.tsx";
import type { StatsFeed } from "../features/containers/model/stats_feed.ts";
import type { StackFeed } from "../features/stacks/model/stack_feed.ts";

const ContainerPage = lazy(() =>
  loadWithRetry(() => import("../features/containers/detail/container_page.tsx"))
);
const StacksPage = lazy(() => loadWithRetry(() => import("../features/stacks/stacks_page.tsx")));
const HostsPage = lazy(() => loadWithRetry(() => import("../features/containers/hosts/hosts_page.tsx")));
const LogsPage = lazy(() => loadWithRetry(() => import("../features/output/logs_page.tsx")));
const AlertsPage = lazy(() => loadWithRetry(() => import("../features/alerts/alerts_page.tsx")));
const LogPage = lazy(() => loadWithRetry(() => import("../features/log/log_page.tsx")));
const ReportPage = lazy(() => loadWithRetry(() => import("../features/containers/report/report_page.tsx")));
const ProjectOutput = lazy(() => loadWithRetry(() => import("../features/output/project_output.tsx")));
const ContainerOutput = lazy(() => loadWithRetry(() => import("../features/output/container_output.tsx")));
const ResourcesPage = lazy(() => loadWithRetry(() => import("../features/resources/resources_page.tsx")));
const DiagnosticsPage = lazy(() =>
  loadWithRetry(() => import("../features/diagnostics/diagnostics_page.tsx"))
);
const SwarmPage = lazy(() => loadWithRetry(() => import("../features/swarm/swarm_page.tsx")));
const SwarmStackPage = lazy(() =>
  loadWithRetry(() => import("../features/stacks/swarm/swarm_stack_page.tsx"))
);
const UpdatesPage = lazy(() => loadWithRetry(() => import("../features/updates/updates_page.tsx")));

/** Feeds of the views, which live as long as the page. */
export interface Feeds {
  readonly stats: StatsFeed;
  readonly stacks: StackFeed;
}

/** Props of {@linkcode View}. */
export interface ViewProps {
  readonly view: string;
  readonly route: Route;
  readonly feeds: Feeds;
}

/** The view of a route. */
export function View({ view, route: [, ...path], feeds }: ViewProps) {
  const [first, second] = path;
  switch (view) {
    case "stacks":
      return (
        <StacksPage
          feed={feeds.stacks}
          path={path}
          logs={(hostId, project) => <ProjectOutput hostId={hostId} project={project} />}
        />
      );
    case "logs":
      return <LogsPage path={path} />;
    case "report":
      return <ReportPage feed={feeds.stats} />;
    case "hosts":
      return <HostsPage feed={feeds.stats} />;
    case "alerts":
      return <AlertsPage path={path} />;
    case "log":
      return <LogPage />;
    case "swarm":
      return first === undefined ? <SwarmPage /> : <SwarmStackPage hostId={first} name={second} />;
    case "updates":
      return <UpdatesPage />;
    case "resources":
      return <ResourcesPage path={path} />;
    case "diagnostics":
      return <DiagnosticsPage />;
    default:
      return first === undefined || second === undefined
        ? <ContainersPage feed={feeds.stats} />
        : (
          <ContainerPage
            key={`${first}/${second}`}
            feed={feeds.stats}
            hostId={first}
            containerId={second}
            output={(name) => <ContainerOutput hostId={first} containerId={second} name={name} />}
          />
        );
  }
}
