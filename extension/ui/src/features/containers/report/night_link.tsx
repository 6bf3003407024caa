import { styled, type Theme, useMediaQuery } from "@mui/material";
import { StateMark } from "../../../components/design/state_mark.tsx";
import { COLORS, RADIUS } from "../../../components/design/tokens.ts";
import { NightIcon } from "../../../components/icons.tsx";
import { hrefTo } from "../../../lib/route.ts";
import { NIGHT_LABELS, REPORT_LABELS } from "./labels.ts";
import { summaryOf } from "./report_text.ts";
import { useReport } from "./use_report.ts";

/** Delay of the request after the page has opened, ms. */
const DELAY_MS = 1000;
/** Hours of the day in which the last twelve hours are the night. */
const [MORNING, NOON] = [4, 12];

/** Link to the report, with its worst findings; only an icon with a mark on a phone. */
export default function NightLink() {
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  const { report } = useReport("12h", DELAY_MS);
  const summary = report && summaryOf(report);
  const text = report === undefined
    ? REPORT_LABELS.title
    : `${whenOf(new Date(report.until))}: ${summary ?? NIGHT_LABELS.quiet}`;
  const mark = summary !== undefined && <StateMark tone="careful" aria-hidden="true" />;
  if (narrow) {
    return (
      <NightAnchor href={hrefTo("report")} aria-label={text} className="icon">
        <NightIcon fontSize="small" />
        {mark}
      </NightAnchor>
    );
  }
  return (
    <NightAnchor href={hrefTo("report")}>
      {mark}
      <span className="text">{text}</span>
      <span aria-hidden="true">›</span>
    </NightAnchor>
  );
}

function whenOf(until: Date): string {
  const hour = until.getHours();
  return hour >= MORNING && hour < NOON ? NIGHT_LABELS.night : NIGHT_LABELS.hours;
}

const NightAnchor = styled("a")({
  display: "inline-flex",
  alignItems: "center",
  gap: 6,
  minWidth: 0,
  height: 28,
  padding: "0 8px",
  fontSize: 12,
  color: COLORS.inkMuted,
  textDecoration: "none",
  borderRadius: RADIUS.control,
  "& .text": { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  "&:hover": { color: COLORS.accent, backgroundColor: COLORS.hover },
  "&.icon": {
    position: "relative",
    justifyContent: "center",
    flexShrink: 0,
    width: 44,
    height: 44,
    margin: "-4px 0",
    padding: 0,
    boxSizing: "border-box",
  },
  "&.icon > span": { position: "absolute", top: 9, right: 9 },
  "@media (pointer: coarse)": { height: 44 },
});
