import { Box, Typography } from "@mui/material";
import type { ReactNode } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { DetailsView } from "../properties/details_view.tsx";
import type { PortView } from "../properties/published_ports.ts";
import type { LoadedDetails } from "../properties/use_details.ts";
import type { ContainerFeed } from "../model/container_feed.ts";
import { LABELS } from "../model/labels.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { ContainerCharts } from "./container_charts.tsx";
import { ContainerFacts } from "./container_facts.tsx";
import type { ContainerTab } from "./container_tabs.tsx";

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
  /** True for a memory limit of the container itself. */
  readonly memoryLimited: boolean;
  readonly output: ReactNode;
}

/** The chosen page of a container. Logs fill the window and scroll themselves; the others scroll as a whole. */
export function TabContent({ tab, output, ...props }: TabContentProps) {
  const { name } = props.message;
  if (tab === "logs") {
    return (
      <Box
        role="region"
        aria-label={PAGE_LABELS.content(PAGE_LABELS.logs, name)}
        sx={{
          display: "flex",
          flexDirection: "column",
          flex: "1 1 0",
          minHeight: 0,
          px: { xs: 1, sm: 2 },
          pt: 1,
          pb: { xs: 0, sm: 0.5 },
        }}
      >
        {output}
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

function Stats({ own, message, memoryLimited }: PanelProps) {
  const view = useObservable(own.view);
  const isRunning = message.state === "running";
  if (!isRunning && view.points.length === 0) {
    return <Typography color="text.secondary">{LABELS.notMeasured}</Typography>;
  }
  return (
    <ContainerCharts
      view={view}
      live={isRunning && !message.stale}
      memoryScale={memoryLimited ? null : message.memoryLimitBytes}
    />
  );
}

function Details({ feed, message, loaded, ports, secrets, onSecrets }: PanelProps) {
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <ContainerFacts message={message} />
      <DetailsView
        target={message}
        loaded={loaded}
        ports={ports}
        tasks={feed.tasks}
        secrets={secrets}
        onSecrets={onSecrets}
      />
    </Box>
  );
}
