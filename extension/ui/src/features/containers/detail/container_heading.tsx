import { Box, Button, Link, Typography, useMediaQuery } from "@mui/material";
import type { Theme } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { useClient } from "../../../lib/client.ts";
import { hrefToList } from "../../../lib/route.ts";
import { describeExit, isFailure } from "../attention/exit_meaning.ts";
import { StateFrame } from "../list/table_frame.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { LABELS } from "../model/labels.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import { ContainerActionBar } from "../parts/container_actions.tsx";
import { StateBadge } from "../parts/state_badge.tsx";
import { type ContainerTab, ContainerTabs } from "./container_tabs.tsx";
import { FactLine, type FactLineProps } from "./fact_line.tsx";
import type { RunFacts } from "./run_facts.ts";
import { SiblingLinks } from "./sibling_links.tsx";

/** Props of {@linkcode ContainerHeading}. */
export interface ContainerHeadingProps extends FactLineProps {
  /** Link to the stack or project; `undefined` without one. */
  readonly stack: string | undefined;
  readonly tab: ContainerTab;
  /** Output of the last failed health check; `undefined` for a container that is not unhealthy. */
  readonly check: string | undefined;
  readonly feed: StatsFeed;
}

/** On a phone, the name, the tabs and the menu share one row, so that the page belongs to the log. */
const PHONE = '"path name tabs actions" "exit exit exit exit" "facts facts facts facts"';
const DESKTOP = '"path name exit actions" "facts facts facts facts" "tabs tabs siblings siblings"';

/** Path, name, state, operations, facts and tabs of a container. */
export function ContainerHeading({ feed, stack, tab, check, ...facts }: ContainerHeadingProps) {
  const { message, runs } = facts;
  const isPhone = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  // A phone has no room for the state beside the name.
  const state = isPhone ? unusualState(message, runs) : undefined;
  const reason = check === undefined ? state : PAGE_LABELS.checkFailed(check);
  const isBad = check !== undefined || isFailure(runs);
  return (
    <Box
      sx={{
        display: "grid",
        gridTemplateAreas: { xs: PHONE, sm: DESKTOP },
        gridTemplateColumns: { xs: "auto minmax(0, 1fr) auto auto", sm: "auto auto minmax(0, 1fr) auto" },
        alignItems: "center",
        columnGap: { xs: 0.5, sm: 1 },
        px: { xs: 1, sm: 2 },
        pt: { xs: 0, sm: 1 },
        flexShrink: 0,
        borderBottom: 1,
        borderColor: "divider",
      }}
    >
      <Path message={message} stack={stack} isPhone={isPhone} />
      <Name message={message} isPhone={isPhone} />
      {reason !== undefined && (
        <Typography
          variant="body2"
          noWrap
          title={reason}
          sx={{ gridArea: "exit", color: isBad ? "error.main" : "text.secondary" }}
        >
          {reason}
        </Typography>
      )}
      <Actions tasks={feed.tasks} message={message} isPhone={isPhone} />
      {(!isPhone || tab !== "logs") && <FactLine {...facts} />}
      <ContainerTabs message={message} current={tab} />
      {!isPhone && <SiblingLinks feed={feed} message={message} tab={tab} />}
    </Box>
  );
}

interface PartProps {
  readonly message: DetailedStatsMessage;
  readonly isPhone: boolean;
}

function Path({ message: { project }, stack, isPhone }: PartProps & { readonly stack: string | undefined }) {
  const step = { color: "text.secondary", fontSize: 13 } as const;
  return (
    <Box
      component="nav"
      aria-label={PAGE_LABELS.path}
      sx={{
        gridArea: "path",
        display: "flex",
        gap: 0.75,
        alignItems: "center",
        whiteSpace: "nowrap",
        color: "text.secondary",
        mt: { sm: "2px" },
      }}
    >
      <Link
        href={hrefToList("containers")}
        underline="hover"
        aria-label={isPhone ? LABELS.allContainers : undefined}
        sx={isPhone ? { ...step, fontSize: 22, lineHeight: "44px", px: 1 } : step}
      >
        {isPhone ? "‹" : PAGE_LABELS.containers}
      </Link>
      {!isPhone && <span aria-hidden="true">›</span>}
      {!isPhone && stack !== undefined && project !== null && (
        <>
          <Link
            href={stack}
            underline="hover"
            title={PAGE_LABELS.stack(project)}
            sx={{ ...step, maxWidth: 240, overflow: "hidden", textOverflow: "ellipsis" }}
          >
            {project}
          </Link>
          <span aria-hidden="true">›</span>
        </>
      )}
    </Box>
  );
}

/** Two lines, since containers of a stack often differ in the end of their names only. */
const PHONE_NAME = {
  fontSize: 13,
  lineHeight: "17px",
  wordBreak: "break-all",
  display: "-webkit-box",
  WebkitBoxOrient: "vertical",
  WebkitLineClamp: "2",
  overflow: "hidden",
} as const;

function Name({ message, isPhone }: PartProps) {
  return (
    <Box sx={{ gridArea: "name", display: "flex", alignItems: "center", gap: 1.25, minWidth: 0 }}>
      {isPhone && <Badge message={message} isPhone />}
      <Typography
        variant="h1"
        noWrap={!isPhone}
        title={message.name}
        sx={{ unicodeBidi: "isolate", ...isPhone ? PHONE_NAME : { fontSize: 18 } }}
      >
        {message.name}
      </Typography>
      {!isPhone && <Badge message={message} isPhone={false} />}
    </Box>
  );
}

/** Returns the state of a container that does not simply run. */
function unusualState({ state, health }: DetailedStatsMessage, runs: RunFacts): string | undefined {
  if (runs.exitCode !== null) return describeExit(runs);
  if (state !== "running") return state;
  return health === null || health === "healthy" ? undefined : health;
}

/** State of a container; on a phone only its shape and color. */
function Badge({ message, isPhone }: PartProps) {
  const clip = { overflow: "hidden", maxWidth: 14, whiteSpace: "nowrap" } as const;
  return (
    <Box sx={{ flexShrink: 0, ...isPhone ? clip : {} }}>
      <StateFrame>
        <StateBadge message={message} />
      </StateFrame>
    </Box>
  );
}

function Actions({ tasks, message, isPhone }: PartProps & { readonly tasks: ContainerTasks }) {
  const { hostId, id, name, state } = message;
  return (
    <Box sx={{ gridArea: "actions", display: "flex", gap: 1, justifyContent: "flex-end", minHeight: 36 }}>
      {!isPhone && <DesktopLinks id={id} hostId={hostId} />}
      {state !== "removed" && (
        <ContainerActionBar
          tasks={tasks}
          hostId={hostId}
          id={id}
          name={name}
          state={state}
          onlyMenu={isPhone}
        />
      )}
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
