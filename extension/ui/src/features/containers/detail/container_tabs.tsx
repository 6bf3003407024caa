import { Box, Tab, Tabs } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { hrefTo } from "../../../lib/route.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";

/** Pages of a container, in display order. */
export const CONTAINER_TABS = ["logs", "stats", "details", "terminal"] as const;
/** One of {@linkcode CONTAINER_TABS}. */
export type ContainerTab = (typeof CONTAINER_TABS)[number];

/** Returns the page that an address names; the logs for any other part. */
export function tabOf(part: string | undefined): ContainerTab {
  return CONTAINER_TABS.find((tab) => tab === part) ?? "logs";
}

/** Props of {@linkcode ContainerTabs}. */
export interface ContainerTabsProps {
  readonly message: DetailedStatsMessage;
  readonly current: ContainerTab;
}

/** Links to the pages of a container. */
export function ContainerTabs({ message: { hostId, id, name }, current }: ContainerTabsProps) {
  const label = PAGE_LABELS.tabs(name);
  const size = { minHeight: { xs: 44, sm: 36 } };
  return (
    <Box component="nav" aria-label={label} sx={{ gridArea: "tabs", minWidth: 0 }}>
      <Tabs value={current} aria-label={label} sx={{ ...size, ml: { xs: 0, sm: -1 } }}>
        {CONTAINER_TABS.map((tab) => (
          <Tab
            key={tab}
            value={tab}
            label={PAGE_LABELS[tab]}
            component="a"
            href={hrefTo("containers", hostId, id, ...tab === "logs" ? [] : [tab])}
            sx={{ ...size, minWidth: 0, px: 1, py: 0 }}
          />
        ))}
      </Tabs>
    </Box>
  );
}
