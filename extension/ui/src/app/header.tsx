import { Box, styled, type Theme, Tooltip, useMediaQuery } from "@mui/material";
import type { ReactNode } from "react";
import { COLORS, RADIUS, TABULAR } from "../components/design/tokens.ts";
import { Tag } from "../components/design/state_mark.tsx";
import { useAttention } from "../features/containers/overview/use_attention.ts";
import type { StatsFeed } from "../features/containers/model/stats_feed.ts";
import { isOpen } from "../features/stacks/model/finished.ts";
import type { StackFeed } from "../features/stacks/model/stack_feed.ts";
import { useAbout } from "../lib/client.ts";
import { hrefToList } from "../lib/route.ts";
import { useObservable } from "../lib/use_observable.ts";
import { AlertCount } from "./alert_count.tsx";
import { Connections } from "./connections.tsx";
import { LABELS, VIEWS } from "./labels.ts";
import type { Feeds } from "./view.tsx";

/** Props of {@linkcode Header}. */
export interface HeaderProps {
  /** Current view; `undefined` for clients that may not view anything. */
  readonly view: string | undefined;
  readonly feeds: Feeds;
  /** First link of the page. */
  readonly skip: ReactNode;
  /** Controls at the end of the header. */
  readonly children: ReactNode;
}

/** Header with the views, lost connections, and the page's controls. */
export function Header({ view, feeds, skip, children }: HeaderProps) {
  const about = useAbout();
  const isNoted = about?.simulated === true || about?.readOnly === true;
  return (
    <Bar>
      {skip}
      <Box className={isNoted ? "brand noted" : "brand"}>
        <img src="./icon.svg" alt="" width={22} height={22} />
        <span>{LABELS.brand}</span>
      </Box>
      {view !== undefined && (
        <nav aria-label={LABELS.views}>
          {VIEWS.map(([name, label]) => (
            <a key={name} href={hrefToList(name)} aria-current={name === view ? "page" : undefined}>
              {label}
              {name === "containers" && <AttentionCount stats={feeds.stats} />}
              {name === "stacks" && <OperationCount stacks={feeds.stacks} />}
              {name === "alerts" && <AlertCount />}
            </a>
          ))}
        </nav>
      )}
      <Box className="end">
        <Notes />
        {view !== undefined && <Connections />}
        {children}
      </Box>
    </Bar>
  );
}

/** Number of problems. */
function AttentionCount({ stats }: { readonly stats: StatsFeed }) {
  const { length } = useAttention(stats);
  if (length === 0) return null;
  return <span className="count" aria-label={LABELS.problems(length)}>{length}</span>;
}

/** Number of operations that run, or else of failures that were not dismissed. */
function OperationCount({ stacks }: { readonly stacks: StackFeed }) {
  const running = useObservable(stacks.list).operations.filter(isOpen).length;
  const failed = useObservable(stacks.finished).filter(({ state }) => state === "failed").length;
  if (running > 0) {
    return <span className="count working" aria-label={LABELS.running(running)}>{running}</span>;
  }
  if (failed === 0) return null;
  return <span className="count" aria-label={LABELS.failures(failed)}>{failed}</span>;
}

/** Marks of demo data and of a read-only server. */
function Notes() {
  const about = useAbout();
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  return (
    <>
      {about?.simulated && <Tag tone="careful">{narrow ? LABELS.demoShort : LABELS.demo}</Tag>}
      {about?.readOnly && (
        <Tooltip title={LABELS.readOnlyHelp}>
          <span tabIndex={0}>
            <Tag tone="off">{LABELS.readOnly}</Tag>
          </span>
        </Tooltip>
      )}
    </>
  );
}

const Bar = styled("header")(({ theme: { breakpoints } }) => ({
  display: "flex",
  alignItems: "center",
  flexShrink: 0,
  gap: 16,
  height: 48,
  padding: "0 16px",
  backgroundColor: COLORS.panel,
  borderBottom: `1px solid ${COLORS.line}`,
  "& .brand": { display: "flex", alignItems: "center", gap: 8, fontSize: 14, fontWeight: 650 },
  "& nav": { display: "flex", gap: 2, minWidth: 0, overflowX: "auto", scrollbarWidth: "none" },
  "& nav a": {
    display: "flex",
    alignItems: "center",
    gap: 6,
    minHeight: 32,
    padding: "0 10px",
    borderRadius: RADIUS.control,
    color: COLORS.inkMuted,
    fontWeight: 500,
    textDecoration: "none",
    whiteSpace: "nowrap",
    "&:hover": { color: COLORS.ink },
    "&[aria-current]": { color: COLORS.accent, backgroundColor: COLORS.hover },
  },
  "& .count": {
    ...TABULAR,
    minWidth: 8,
    padding: "0 5px",
    borderRadius: 9,
    textAlign: "center",
    fontSize: 11,
    lineHeight: "18px",
    fontWeight: 600,
    color: COLORS.panel,
    backgroundColor: COLORS.bad,
  },
  "& .count.working": { backgroundColor: COLORS.accent },
  "& .end": { display: "flex", alignItems: "center", gap: 8, marginLeft: "auto", flexShrink: 0 },
  [breakpoints.down("sm")]: {
    gap: 8,
    padding: "0 8px",
    // All views fit beside the notes.
    "& .brand span, & .brand.noted": { display: "none" },
    "& nav": { gap: 0, minWidth: 0, overflowX: "auto", scrollbarWidth: "none" },
    "& nav a": { position: "relative", minHeight: 44, padding: "0 4px" },
    // Above the name, where a count takes no width.
    "& .count": {
      position: "absolute",
      top: 0,
      right: 0,
      padding: "0 4px",
      fontSize: 10,
      lineHeight: "14px",
    },
    "& .end": { gap: 0 },
  },
}));
