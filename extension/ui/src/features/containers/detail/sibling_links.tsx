import { Box, Link, Typography } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { hrefTo } from "../../../lib/route.ts";
import { keyOf } from "../model/container_row.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import type { ContainerTab } from "./container_tabs.tsx";

/** Props of {@linkcode SiblingLinks}. */
export interface SiblingLinksProps {
  readonly feed: StatsFeed;
  readonly message: DetailedStatsMessage;
  /** Page that the links open. */
  readonly tab: ContainerTab;
}

/** Number of links; the page of the stack has the others. */
const MAX_SHOWN = 12;

/** Links to the same page of the other containers of a project. */
export function SiblingLinks({ feed, message, tab }: SiblingLinksProps) {
  const { project, hostId } = message;
  const siblings = project === null ? [] : feed.view.value.rows.map(({ newest }) => newest)
    .filter((one) => one.project === project && one.hostId === hostId && keyOf(one) !== keyOf(message))
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))
    .slice(0, MAX_SHOWN);
  if (project === null || siblings.length === 0) return null;
  return (
    <Box
      component="nav"
      aria-label={PAGE_LABELS.siblings(project)}
      sx={{
        gridArea: "siblings",
        display: "flex",
        justifyContent: "flex-end",
        columnGap: 1.75,
        minWidth: 0,
        overflow: "hidden",
        flexWrap: "wrap",
        height: 20,
      }}
    >
      <Typography variant="body2" color="text.secondary">{PAGE_LABELS.sameStack}</Typography>
      {siblings.map((one) => (
        <Link
          key={keyOf(one)}
          href={hrefTo("containers", one.hostId, one.id, ...tab === "logs" ? [] : [tab])}
          title={`${one.name}: ${one.status}`}
          underline="hover"
          sx={{ fontSize: 13, lineHeight: "20px", color: isFine(one) ? "text.primary" : "error.main" }}
        >
          {one.service ?? one.name}
        </Link>
      ))}
    </Box>
  );
}

function isFine({ state, health }: DetailedStatsMessage): boolean {
  return state !== "dead" && state !== "restarting" && health !== "unhealthy";
}
