import { Alert, Box, Button, LinearProgress, styled, Typography } from "@mui/material";
import type { Report } from "../../../../../../server/protocol/past/report.ts";
import type { Tone } from "../../../components/design/state_mark.tsx";
import { COLORS, RADIUS } from "../../../components/design/tokens.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { formatTime } from "../../../lib/format.ts";
import { useQuery } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { FindingList } from "./finding_list.tsx";
import { RANGE_LABELS, REPORT_LABELS, SECTION_LABELS } from "./labels.ts";
import { SECTIONS } from "./report_text.ts";
import { REPORT_RANGES, type ReportRange, useReport } from "./use_report.ts";

const TONES: Readonly<Record<typeof SECTIONS[number], Tone>> = {
  ranOut: "bad",
  failed: "bad",
  restarted: "careful",
  grew: "careful",
};

/** Page that lists what restarted, failed, grew, or ran out of something. */
export default function ReportPage({ feed }: { readonly feed: StatsFeed }) {
  const [query, change] = useQuery();
  const range = REPORT_RANGES.find((one) => one === query.get("range")) ?? "12h";
  const { report, failure, reload } = useReport(range);
  return (
    <Box role="region" aria-label={REPORT_LABELS.region} tabIndex={0} sx={SCROLLER}>
      <Box sx={PAGE}>
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
          <Typography variant="h1" tabIndex={-1}>{REPORT_LABELS.title}</Typography>
          <Typography variant="body2" color="text.secondary">{report && spanOf(report)}</Typography>
          <Ranges value={range} onChange={(next) => change({ range: next === "12h" ? null : next })} />
        </Box>
        {report !== undefined && <Sections report={report} feed={feed} />}
        {report === undefined && failure === undefined && (
          <LinearProgress aria-label={REPORT_LABELS.loading} />
        )}
        {failure !== undefined && (
          <EmptyState title={REPORT_LABELS.notLoaded}>
            <p>{failure}</p>
            <Button size="small" variant="outlined" onClick={reload}>{REPORT_LABELS.retry}</Button>
          </EmptyState>
        )}
      </Box>
    </Box>
  );
}

function spanOf({ since, until }: Report): string {
  const end = Date.parse(until);
  return REPORT_LABELS.span(formatTime(Date.parse(since), end), formatTime(end, end));
}

function Sections({ report, feed }: { readonly report: Report; readonly feed: StatsFeed }) {
  const { rows } = useObservable(feed.view);
  const found = SECTIONS.filter((section) => report[section].length > 0);
  return (
    <>
      {!report.complete && <Alert severity="info" sx={{ py: 0 }}>{REPORT_LABELS.incomplete}</Alert>}
      {found.length === 0 && (
        <EmptyState title={REPORT_LABELS.quietTitle}>{REPORT_LABELS.quietText}</EmptyState>
      )}
      {found.map((section) => (
        <section key={section} aria-label={SECTION_LABELS[section]}>
          <Typography variant="h2" sx={{ mb: 0.75 }}>{SECTION_LABELS[section]}</Typography>
          <FindingList
            findings={report[section]}
            rows={rows}
            tone={TONES[section]}
            until={Date.parse(report.until)}
          />
        </section>
      ))}
    </>
  );
}

interface RangesProps {
  readonly value: ReportRange;
  readonly onChange: (range: ReportRange) => void;
}

function Ranges({ value, onChange }: RangesProps) {
  return (
    <RangeBar role="group" aria-label={REPORT_LABELS.ranges}>
      {REPORT_RANGES.map((range) => (
        <button
          key={range}
          type="button"
          aria-pressed={range === value}
          onClick={() => onChange(range)}
        >
          {RANGE_LABELS[range]}
        </button>
      ))}
    </RangeBar>
  );
}

const SCROLLER = { flexGrow: 1, minHeight: 0, overflow: "auto" } as const;
const PAGE = {
  display: "flex",
  flexDirection: "column",
  gap: "12px",
  p: { xs: 1, sm: 2 },
  maxWidth: 1920,
  mx: "auto",
} as const;

const RangeBar = styled("div")({
  display: "flex",
  marginLeft: "auto",
  border: `1px solid ${COLORS.line}`,
  borderRadius: RADIUS.control,
  overflow: "hidden",
  "& button": {
    font: "inherit",
    fontSize: 12,
    height: 28,
    padding: "0 12px",
    border: 0,
    color: COLORS.inkMuted,
    backgroundColor: COLORS.panel,
    cursor: "pointer",
  },
  "& button[aria-pressed=true]": { color: COLORS.accent, backgroundColor: COLORS.hover, fontWeight: 600 },
  "@media (pointer: coarse)": { "& button": { height: 44 } },
});
