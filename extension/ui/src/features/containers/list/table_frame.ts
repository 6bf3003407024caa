/** Styles of the table. One style sheet covers all lines, since styles per cell would be slow. */
import { styled } from "@mui/material";
import { COLORS, PANEL, RADIUS } from "../../../components/design/tokens.ts";
import { VISUALLY_HIDDEN } from "../../../components/visually_hidden.ts";

/** Styles of lines and their positions. */
const LINES = {
  "& .place": { position: "absolute", top: 0, left: 0, right: 0 },
  "& .line": {
    position: "relative",
    display: "grid",
    gridTemplateColumns: "var(--columns)",
    height: "var(--line)",
    alignItems: "center",
    padding: "0 8px",
    borderBottom: `1px solid ${COLORS.lineSoft}`,
    boxSizing: "border-box",
  },
  "& .line:not(.header, .group):hover, & .line:not(.header, .group):focus-within": {
    backgroundColor: COLORS.hover,
  },
  "& .header": {
    position: "sticky",
    top: 0,
    zIndex: 2,
    height: 28,
    backgroundColor: COLORS.panel,
    borderBottomColor: COLORS.line,
    borderRadius: `${RADIUS.panel}px ${RADIUS.panel}px 0 0`,
    fontSize: 11,
    color: COLORS.inkQuiet,
  },
  "& .group, & .single:not(:hover, :focus-within)": { backgroundColor: COLORS.canvas },
  "& .stale .cell": { color: COLORS.inkQuiet },
} as const;

/** Styles of cells. */
const CELLS = {
  "& .cell": {
    display: "flex",
    alignItems: "center",
    gap: 8,
    minWidth: 0,
    padding: "0 8px",
    overflow: "hidden",
    whiteSpace: "nowrap",
    textOverflow: "ellipsis",
    fontVariantNumeric: "tabular-nums",
  },
  "& .cell > a, & .cell > .muted": { overflow: "hidden", textOverflow: "ellipsis", minWidth: 0 },
  "& .cell.numeric": { justifyContent: "flex-end" },
  "& .muted": { color: COLORS.inkMuted },
  "& .quiet": { color: COLORS.inkQuiet },
  // A registry and folder with less than 40 px wrap above the line, out of sight.
  "& .image.muted": { display: "flex", flexWrap: "wrap", alignContent: "flex-end", height: "1lh" },
  "& .image.muted > span": { overflow: "hidden", textOverflow: "ellipsis", flexShrink: 0, maxWidth: "100%" },
  "& .image.muted > span:first-of-type": { flex: "1 1 40px", maxWidth: "max-content" },
  "& .limit": { display: "flex", alignItems: "center", gap: 8, width: 96, fontSize: 11, flexShrink: 0 },
  "& .limit .bar": { flex: "0 0 44px" },
  "& .cell.memory > .value, & .cell.memory > .quiet": { flexShrink: 0 },
  "& .rates": { display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 10, width: "100%" },
  "& .rate": { display: "flex", justifyContent: "flex-end", gap: 3, position: "relative", minWidth: 0 },
  "& .visually-hidden": VISUALLY_HIDDEN,
} as const;

/** Styles of links, buttons and curves. */
const CONTENT = {
  "& a.cover": { color: COLORS.ink, fontWeight: 500, textDecoration: "none", unicodeBidi: "isolate" },
  "& a.cover::after": { content: '""', position: "absolute", inset: 0 },
  "& a.cover:focus-visible": { outline: "none" },
  "& a.cover:focus-visible::after": { outline: `2px solid ${COLORS.accent}`, outlineOffset: -2 },
  "& .cell.cpu": { position: "relative" },
  "& a.charts": { position: "absolute", inset: 0, zIndex: 1 },
  "& .stale a.cover": { color: COLORS.inkMuted },
  "& button:not(.MuiButtonBase-root)": {
    font: "inherit",
    color: "inherit",
    background: "none",
    border: 0,
    padding: "4px 0",
    cursor: "pointer",
  },
  "& .header button:hover, & .header [aria-sort$=ending] button": { color: COLORS.ink },
  "& .header [aria-sort$=ending] button": { fontWeight: 600 },
  "& .group .value": { fontWeight: 600 },
  "& .fold": {
    flexShrink: 0,
    maxWidth: "100%",
    fontWeight: 600,
    overflow: "hidden",
    textOverflow: "ellipsis",
    unicodeBidi: "isolate",
  },
  "& button.fold": { fontWeight: 600 },
  "& .fold .arrow": { display: "inline-block", width: 16, fontSize: 9, color: COLORS.inkQuiet },
  "& .group .cell.name": { gap: 8 },
  "& .group .cell.wide": { gridColumn: "span 2" },
  "& .counts": { color: COLORS.inkMuted, overflow: "hidden", textOverflow: "ellipsis" },
  "& .stack": {
    display: "inline-flex",
    gap: 4,
    color: COLORS.inkMuted,
    textDecoration: "none",
    padding: "4px 8px",
  },
  "& .stack:hover": { color: COLORS.accent },
  "& .spark": { color: COLORS.cpu, flexShrink: 0, overflow: "visible", marginRight: "auto" },
  "& .spark .base": { stroke: COLORS.line },
} as const;

/** The buttons of a line appear over its end, so that no number moves. */
const ACTIONS = {
  "& .cell.actions": {
    position: "absolute",
    right: 8,
    top: 0,
    bottom: 0,
    zIndex: 1,
    justifyContent: "flex-end",
    padding: "0 0 0 16px",
    overflow: "visible",
  },
  "& .line:not(.header, .group) > .actions": { opacity: 0 },
  "& .line:hover > .actions, & .line:focus-within > .actions, & .line > .actions:has([aria-expanded=true])": {
    opacity: 1,
    background: `linear-gradient(90deg, transparent, ${COLORS.hover} 16px)`,
  },
  "& .line.group > .actions": { background: "none" },
  "@media (hover: none)": { "& .line:not(.header, .group) > .actions": { opacity: 1 } },
  "@media (pointer: coarse)": { "& .actions .MuiIconButton-root": { width: 44, height: 44 } },
} as const;

/** The curve of a card, with CPU above memory at its end. */
function stackedNumbers(line: string) {
  return {
    [line]: { gridTemplateColumns: "minmax(0, 1fr) 144px 44px" },
    [`${line} > .cpu`]: { gridColumn: 2, gridRow: 1, height: "100%" },
    [`${line} > .cpu > :not(.spark, .charts)`]: { alignSelf: "flex-start", marginTop: "8px" },
    [`${line} > .memory`]: {
      gridColumn: 2,
      gridRow: 1,
      justifySelf: "end",
      alignSelf: "end",
      marginBottom: "8px",
      fontSize: 12,
      color: COLORS.inkMuted,
    },
  };
}

/** Cards of two lines on a phone. */
const NARROW = {
  "&.narrow .cell": { padding: "0 4px" },
  "&.narrow .header": VISUALLY_HIDDEN,
  "&.narrow .group": { height: 36 },
  "&.narrow .place:first-of-type .line": { borderRadius: `${RADIUS.panel}px ${RADIUS.panel}px 0 0` },
  "&.narrow .limit, &.narrow .stack > span:first-of-type": { display: "none" },
  "&.narrow .stacked": { display: "flex", flexDirection: "column", minWidth: 0, flexGrow: 1, gap: 1 },
  "&.narrow .stacked > a": { overflow: "hidden", textOverflow: "ellipsis" },
  // A time that does not fit beside its tag is left out.
  "&.narrow .second": {
    display: "flex",
    flexWrap: "wrap",
    columnGap: 8,
    height: 18,
    minWidth: 0,
    overflow: "hidden",
    fontSize: 12,
    lineHeight: "18px",
  },
  "&.narrow .second > .muted": { overflow: "hidden", textOverflow: "ellipsis" },
  "&.narrow .line > .actions": { position: "static", opacity: 1, background: "none", padding: 0 },
  "&.narrow .actions .MuiIconButton-root": { width: 44, height: 44 },
  "&.narrow .counts": { flexShrink: 0, fontSize: 12, lineHeight: "18px" },
  "&.narrow .fold": { flexShrink: 1, minWidth: 48 },
  "&.narrow .counts .word": { display: "none" },
  ...stackedNumbers("&.narrow .line:not(.header, .group)"),
  // The stack's page leads to its logs.
  "&.narrow .stack.logs": { display: "none" },
  "&.narrow .stack": { width: 44, justifyContent: "center", padding: "8px 0" },
} as const;

/** Frame of the table; the page scrolls. */
export const TableFrame = styled("div")({
  ...PANEL,
  fontSize: 13,
  lineHeight: "20px",
  ...LINES,
  ...CELLS,
  ...CONTENT,
  ...ACTIONS,
  ...NARROW,
});

/** Frame for a state outside the table. */
export const StateFrame = styled("div")({ display: "inline-flex", fontSize: 13 });
