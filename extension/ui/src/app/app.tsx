import { Box, Tab, Tabs } from "@mui/material";
import { lazy, Suspense, useEffect } from "react";
import { ErrorBoundary } from "../components/error_boundary.tsx";
import { Loading } from "../components/loading.tsx";
import { VISUALLY_HIDDEN } from "../components/visually_hidden.ts";
import { useAbout, useClient } from "../lib/client.ts";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import { hrefTo, type Route, useRoute } from "../lib/route.ts";
import { AccessNotice } from "./access_notice.tsx";
import { Connections } from "./connections.tsx";
import { SignOut } from "./sign_out.tsx";
import { LABELS, VIEWS } from "./labels.ts";
import { ContainersPage } from "../features/containers/list/containers_page.tsx";
import type { StatsFeed } from "../features/containers/model/stats_feed.ts";
import type { StackFeed } from "../features/stacks/model/stack_feed.ts";

const ContainerPage = lazy(() =>
  loadWithRetry(() => import("../features/containers/detail/container_page.tsx"))
);
const StacksPage = lazy(() => loadWithRetry(() => import("../features/stacks/stacks_page.tsx")));
const LogPage = lazy(() => loadWithRetry(() => import("../features/log/log_page.tsx")));
const ContainerOutput = lazy(() => loadWithRetry(() => import("../features/output/container_output.tsx")));
const DiagnosticsPage = lazy(() =>
  loadWithRetry(() => import("../features/diagnostics/diagnostics_page.tsx"))
);

/** Feeds of the views, which live as long as the page. */
export interface Feeds {
  readonly stats: StatsFeed;
  readonly stacks: StackFeed;
}

/** The page: navigation, notices, and the current view; only the sign-in for clients that may not view anything. */
export function App({ feeds }: { readonly feeds: Feeds }) {
  const route = useRoute();
  const client = useClient();
  const isLocked = useAbout()?.access === "none";
  useEffect(() => void client.refreshAbout(), [client]);
  const view = VIEWS.some(([name]) => name === route[0]) ? route[0]! : "containers";
  return (
    <>
      <Box sx={{ display: "flex", flexDirection: "column", height: "100vh", overflow: "hidden" }}>
        <Header view={isLocked ? undefined : view} />
        <AccessNotice />
        <Box component="main" sx={{ flexGrow: 1, minHeight: 0, display: "flex", flexDirection: "column" }}>
          {isLocked
            ? <Box component="h1" sx={VISUALLY_HIDDEN}>{LABELS.signIn}</Box>
            : (
              <ErrorBoundary resetKey={route.join("/")}>
                <Suspense fallback={<Loading />}>
                  <View view={view} route={route} feeds={feeds} />
                </Suspense>
              </ErrorBoundary>
            )}
        </Box>
      </Box>
    </>
  );
}

/** Header with the views and the connections; on a phone the views have a row to themselves. */
function Header({ view }: { readonly view: string | undefined }) {
  return (
    <Box
      component="header"
      sx={{
        display: "flex",
        flexWrap: { xs: "wrap", md: "nowrap" },
        alignItems: "center",
        flexShrink: 0,
        minHeight: 48,
        px: 2,
        borderBottom: 1,
        borderColor: "divider",
      }}
    >
      <Brand />
      {view !== undefined && (
        <>
          <Tabs
            value={view}
            component="nav"
            aria-label={LABELS.views}
            variant="scrollable"
            scrollButtons="auto"
            sx={{ order: { xs: 1, md: 0 }, flex: { xs: "1 0 100%", md: "1 1 0" }, minWidth: 0 }}
          >
            {VIEWS.map(([name, label]) => (
              <Tab key={name} value={name} label={label} component="a" href={hrefTo(name)} />
            ))}
          </Tabs>
          <Connections />
        </>
      )}
      <SignOut />
    </Box>
  );
}

function View(
  { view, route: [, ...path], feeds }: {
    readonly view: string;
    readonly route: Route;
    readonly feeds: Feeds;
  },
) {
  const [first, second] = path;
  switch (view) {
    case "stacks":
      return <StacksPage feed={feeds.stacks} path={path} />;
    case "log":
      return <LogPage />;
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
            output={<ContainerOutput hostId={first} containerId={second} />}
          />
        );
  }
}

function Brand() {
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 1, mr: 2, fontWeight: 700 }}>
      <img src="./icon.svg" alt="" width={24} height={24} />
      {LABELS.brand}
    </Box>
  );
}
