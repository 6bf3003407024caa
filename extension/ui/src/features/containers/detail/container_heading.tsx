import { Box, Button, Link, Tab, Tabs, Typography } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { useClient } from "../../../lib/client.ts";
import { hrefTo } from "../../../lib/route.ts";
import { DETAIL_LABELS } from "../properties/labels_details.ts";
import { PortList } from "../properties/port_list.tsx";
import type { PortView } from "../properties/published_ports.ts";
import { StateFrame } from "../list/table_frame.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { LABELS } from "../model/labels.ts";
import { ContainerActionBar } from "../parts/container_actions.tsx";
import { StateBadge } from "../parts/state_badge.tsx";

/** Pages of a container. */
export type ContainerTab = "overview" | "details";

/** Props of {@linkcode ContainerHeading}. */
export interface ContainerHeadingProps {
  readonly message: DetailedStatsMessage;
  readonly tasks: ContainerTasks;
  /** Published ports. */
  readonly ports: readonly PortView[];
}

/** Name, state, ports and operations of a container. */
export function ContainerHeading({ message, tasks, ports }: ContainerHeadingProps) {
  const { hostId, id, name, state } = message;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 2, rowGap: 1 }}>
      <Link href={hrefTo("containers")}>{LABELS.allContainers}</Link>
      <Typography variant="h1" sx={{ overflowWrap: "anywhere", unicodeBidi: "isolate" }}>{name}</Typography>
      <StateFrame>
        <StateBadge message={message} />
      </StateFrame>
      {ports.length > 0 && <PortList ports={ports} />}
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, ml: { xs: 0, sm: "auto" } }}>
        <DesktopLinks id={id} hostId={hostId} />
        {state !== "removed" && (
          <ContainerActionBar tasks={tasks} hostId={hostId} id={id} name={name} state={state} />
        )}
      </Box>
    </Box>
  );
}

/** Links to the pages of a container. */
export function ContainerTabs(
  { message: { hostId, id, name }, current }: {
    readonly message: DetailedStatsMessage;
    readonly current: ContainerTab;
  },
) {
  const label = DETAIL_LABELS.tabs(name);
  return (
    <Box component="nav" aria-label={label} sx={{ borderBottom: 1, borderColor: "divider", flexShrink: 0 }}>
      <Tabs value={current} aria-label={label}>
        <Tab
          value="overview"
          label={DETAIL_LABELS.overview}
          component="a"
          href={hrefTo("containers", hostId, id)}
        />
        <Tab
          value="details"
          label={DETAIL_LABELS.details}
          component="a"
          href={hrefTo("containers", hostId, id, "details")}
        />
      </Tabs>
    </Box>
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
