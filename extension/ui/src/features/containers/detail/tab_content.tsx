import { Box } from "@mui/material";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { Loading } from "../../../components/loading.tsx";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { StatsView } from "../charts/stats_view.tsx";
import { DetailsView } from "../properties/details_view.tsx";
import type { PortView } from "../../../lib/published_ports.ts";
import type { LoadedDetails } from "../parts/use_details.ts";
import type { ContainerFeed } from "../model/container_feed.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { ContainerFacts } from "./container_facts.tsx";
import { usageOf } from "./facts.ts";
import type { ContainerTab } from "./container_tabs.tsx";

const TerminalView = lazy(() => loadWithRetry(() => import("../terminal/terminal_view.tsx")));

/** Props of {@linkcode TabContent}. */
export interface TabContentProps {
  readonly tab: ContainerTab;
  readonly feed: StatsFeed;
  readonly own: ContainerFeed;
  readonly message: DetailedStatsMessage;
  readonly loaded: LoadedDetails;
  readonly ports: readonly PortView[];
  /** True while values that look like secrets are shown. */
  readonly secrets: boolean;
  readonly onSecrets: (shown: boolean) => void;
  readonly host: HostReport | undefined;
  readonly output: (name: string) => ReactNode;
}

/** The chosen page of a container. A terminal stays open while another page is shown. */
export function TabContent(props: TabContentProps) {
  const { tab, message } = props;
  const isTerminal = tab === "terminal";
  const [hasTerminal, setHasTerminal] = useState(isTerminal);
  useEffect(() => {
    if (isTerminal) setHasTerminal(true);
  }, [isTerminal]);
  return (
    <>
      {(isTerminal || hasTerminal) && (
        <Box
          role="region"
          aria-label={PAGE_LABELS.content(PAGE_LABELS.terminal, message.name)}
          sx={{ ...FILLING, display: isTerminal ? "flex" : "none", pt: 1.5, pb: { xs: 0.5, sm: 1.5 } }}
        >
          <Suspense fallback={<Loading />}>
            <TerminalView message={message} />
          </Suspense>
        </Box>
      )}
      {!isTerminal && <Page {...props} tab={tab} />}
    </>
  );
}

/** Style of a page that fills the window. */
const FILLING = {
  display: "flex",
  flexDirection: "column",
  flex: "1 1 0",
  minHeight: 0,
  px: { xs: 1, sm: 2 },
  pt: 1,
} as const;

interface PageProps extends TabContentProps {
  readonly tab: Exclude<ContainerTab, "terminal">;
}

/** Logs fill the window and scroll themselves; the others scroll as a whole. */
function Page({ tab, output, ...props }: PageProps) {
  const { name } = props.message;
  if (tab === "logs") {
    return (
      <Box
        role="region"
        aria-label={PAGE_LABELS.content(PAGE_LABELS.logs, name)}
        sx={{ ...FILLING, pb: { xs: 0, sm: 0.5 } }}
      >
        {output(name)}
      </Box>
    );
  }
  return (
    <Box
      tabIndex={0}
      role="region"
      aria-label={PAGE_LABELS.content(PAGE_LABELS[tab], name)}
      sx={{ overflow: "auto", flex: "1 1 0", minHeight: 0, px: { xs: 1, sm: 2 }, py: 1.5 }}
    >
      {tab === "stats" ? <Stats {...props} /> : <Details {...props} />}
    </Box>
  );
}

type PanelProps = Omit<TabContentProps, "tab" | "output">;

function Stats({ feed, own, message, host, loaded }: PanelProps) {
  const { cpuLimit }: { readonly cpuLimit?: number | null } = message as object;
  return (
    <StatsView
      feed={feed}
      own={own}
      message={message}
      host={host}
      cpuLimit={cpuLimit ?? loaded.details?.limits.cpus ?? null}
    />
  );
}

function Details({ feed, message, loaded, ports, secrets, onSecrets }: PanelProps) {
  return (
    <Box sx={{ display: "grid", gap: 1.25, gridTemplateColumns: "minmax(0, 1fr)" }}>
      {loaded.details === undefined && <ContainerFacts message={message} />}
      <DetailsView
        target={message}
        loaded={loaded}
        ports={ports}
        usage={usageOf(message).map(([name, value]) => ({ name, value }))}
        tasks={feed.tasks}
        secrets={secrets}
        onSecrets={onSecrets}
      />
    </Box>
  );
}
