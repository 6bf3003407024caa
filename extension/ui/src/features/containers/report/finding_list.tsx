import { Link, styled } from "@mui/material";
import type { Finding } from "../../../../../../server/protocol/past/report.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { StateMark, type Tone } from "../../../components/design/state_mark.tsx";
import { COLORS, PANEL, TABULAR } from "../../../components/design/tokens.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import type { ContainerRow } from "../model/container_row.ts";
import { chartHref, containerOf, logHref } from "./finding_links.ts";
import { REPORT_LABELS } from "./labels.ts";
import { describeFinding } from "./report_text.ts";

/** Props of {@linkcode FindingList}. */
export interface FindingListProps {
  readonly findings: readonly Finding[];
  /** All containers that exist now. */
  readonly rows: readonly ContainerRow[];
  readonly tone: Tone;
  /** End of the report, epoch ms. */
  readonly until: number;
}

/** Findings of one section, with links to the containers, their logs and charts. */
export function FindingList({ findings, rows, tone, until }: FindingListProps) {
  return (
    <List>
      {findings.map((finding) => (
        <FindingLine
          key={`${finding.kind} ${finding.hostId} ${finding.project} ${finding.name} ${finding.action}`}
          finding={finding}
          container={containerOf(finding, rows)}
          tone={tone}
          until={until}
        />
      ))}
    </List>
  );
}

interface FindingLineProps extends Pick<FindingListProps, "tone" | "until"> {
  readonly finding: Finding;
  /** `undefined` for a host, and for a container that was removed. */
  readonly container: DetailedStatsMessage | undefined;
}

function FindingLine({ finding, container, tone, until }: FindingLineProps) {
  const { message } = finding;
  return (
    <li>
      <StateMark tone={tone} aria-hidden="true" />
      <div className="text">
        <Subject finding={finding} container={container} /> <span>{describeFinding(finding)}</span>
        {message !== null && <div className="message" title={message.trim()}>{message.trim()}</div>}
      </div>
      <span className="time">{timesOf(finding, until)}</span>
      <span className="links">
        {container !== undefined && <Links finding={finding} container={container} />}
      </span>
    </li>
  );
}

function Subject({ finding, container }: Omit<FindingLineProps, "tone" | "until">) {
  const { name, hostId, project, kind } = finding;
  if (kind === "operation" && name !== null && project !== null) {
    return <Link href={hrefTo("stacks", "project", hostId, project)}>{name}</Link>;
  }
  if (container !== undefined) {
    return <Link href={hrefTo("containers", container.hostId, container.id)}>{name}</Link>;
  }
  const isRemoved = name !== null && kind !== "operation";
  return (
    <>
      <strong>{name ?? hostId}</strong>
      {isRemoved && <small>({REPORT_LABELS.removed})</small>}
    </>
  );
}

interface LinksProps {
  readonly finding: Finding;
  readonly container: DetailedStatsMessage;
}

function Links({ finding, container }: LinksProps) {
  const { name } = container;
  return (
    <>
      <Link href={logHref(finding, container)} aria-label={REPORT_LABELS.logsOf(name)}>
        {REPORT_LABELS.logs}
      </Link>
      <Link href={chartHref(finding, container)} aria-label={REPORT_LABELS.chartsOf(name)}>
        {REPORT_LABELS.charts}
      </Link>
    </>
  );
}

function timesOf({ first, last, count }: Finding, until: number): string {
  const [from, to] = [first, last].map((text) => formatTime(Date.parse(text), until));
  return count === 1 || from === to ? to! : REPORT_LABELS.span(from!, to!);
}

const List = styled("ul")({
  ...PANEL,
  ...TABULAR,
  margin: 0,
  padding: 0,
  listStyle: "none",
  "& li": {
    display: "grid",
    gridTemplateColumns: "8px minmax(0, 1fr) auto 112px",
    alignItems: "baseline",
    columnGap: 12,
    padding: "7px 12px",
    minHeight: 20,
    borderBottom: `1px solid ${COLORS.lineSoft}`,
  },
  "& li:last-of-type": { borderBottom: 0 },
  "& .text": { color: COLORS.inkMuted, overflowWrap: "anywhere" },
  "& .text a, & strong": {
    color: COLORS.ink,
    fontWeight: 600,
    textDecoration: "none",
    unicodeBidi: "isolate",
  },
  "& .text a:hover": { textDecoration: "underline" },
  "& small": { fontSize: 11, marginLeft: 6 },
  "& .message": {
    color: COLORS.inkQuiet,
    fontSize: 12,
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 4,
    overflow: "hidden",
    whiteSpace: "pre-wrap",
    unicodeBidi: "plaintext",
  },
  "& .time": { color: COLORS.inkMuted, fontSize: 12 },
  "& .links": { display: "flex", gap: 16, justifyContent: "flex-end", fontSize: 12 },
  "@media (max-width: 599.95px)": {
    "& li": { gridTemplateColumns: "8px minmax(0, 1fr) auto", rowGap: 2 },
    "& .text": { gridColumn: "2 / -1" },
    "& .time": { gridColumn: 2, alignSelf: "center" },
    "& .links a": { display: "inline-flex", alignItems: "center", minHeight: 44, minWidth: 44 },
  },
});
