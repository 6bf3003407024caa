import { styled, type Theme, useMediaQuery } from "@mui/material";
import { COLORS, RADIUS, TABULAR } from "../components/design/tokens.ts";
import { AlertsIcon, ContainersIcon, LogsIcon, StacksIcon } from "../components/icons.tsx";
import { useAttention } from "../features/containers/overview/use_attention.ts";
import type { StatsFeed } from "../features/containers/model/stats_feed.ts";
import { isOpen } from "../features/stacks/model/finished.ts";
import type { StackFeed } from "../features/stacks/model/stack_feed.ts";
import { hrefToList } from "../lib/route.ts";
import { useObservable } from "../lib/use_observable.ts";
import { AlertCount } from "./alert_count.tsx";
import { LABELS, VIEWS } from "./labels.ts";
import type { Feeds } from "./view.tsx";

/** Height of the bar at the bottom of a phone, px. */
export const NAVIGATION_PX = 56;

const ICONS = { containers: ContainersIcon, stacks: StacksIcon, logs: LogsIcon, alerts: AlertsIcon };

/** Props of {@linkcode Navigation}. */
export interface NavigationProps {
  /** Current view. */
  readonly view: string;
  readonly feeds: Feeds;
}

/** Links to the views: in the header, or at the bottom of a phone, within reach of the thumb. */
export function Navigation({ view, feeds }: NavigationProps) {
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  return (
    <Links aria-label={LABELS.views} className={narrow ? "narrow" : ""}>
      {VIEWS.map(([name, label]) => {
        const Icon = ICONS[name];
        return (
          <a key={name} href={hrefToList(name)} aria-current={name === view ? "page" : undefined}>
            {narrow && <Icon />}
            {label}
            {name === "containers" && <AttentionCount stats={feeds.stats} />}
            {name === "stacks" && <OperationCount stacks={feeds.stacks} />}
            {name === "alerts" && <AlertCount />}
          </a>
        );
      })}
    </Links>
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

const Links = styled("nav")({
  display: "flex",
  gap: 2,
  minWidth: 0,
  "& a": {
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
  "&.narrow": {
    position: "fixed",
    inset: "auto 0 0",
    zIndex: 2,
    boxSizing: "border-box",
    height: NAVIGATION_PX,
    gap: 0,
    backgroundColor: COLORS.panel,
    borderTop: `1px solid ${COLORS.line}`,
  },
  "&.narrow a": {
    position: "relative",
    flex: "1 1 0",
    flexDirection: "column",
    justifyContent: "center",
    gap: 2,
    padding: 0,
    borderRadius: 0,
    fontSize: 11,
    lineHeight: "16px",
    "& svg": { fontSize: 22 },
    "&[aria-current]": { backgroundColor: "transparent" },
  },
  // At the corner of the icon.
  "&.narrow .count": {
    position: "absolute",
    top: 4,
    left: "calc(50% + 4px)",
    padding: "0 4px",
    fontSize: 10,
    lineHeight: "14px",
  },
});
