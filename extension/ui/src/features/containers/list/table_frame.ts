/** Styles of the table. One style sheet covers all lines, since styles per cell would be slow. */
import { styled, type Theme } from "@mui/material";
import { VISUALLY_HIDDEN } from "../../../components/visually_hidden.ts";

/** Height of a line, px. */
export const LINE_PX = 40;

/** Styles of lines and their positions. */
const lines = ({ palette }: Theme) => ({
  "& .table": { minWidth: "max-content", width: "100%" },
  "&.narrow .table": { minWidth: 0 },
  "& .place": { position: "absolute", top: 0, left: 0, right: 0 },
  "& .line": {
    display: "grid",
    gridTemplateColumns: "var(--columns)",
    height: `var(--line, ${LINE_PX}px)`,
    alignItems: "center",
    borderBottom: `1px solid ${palette.divider}`,
    boxSizing: "border-box",
  },
  "& .line:hover": { backgroundColor: palette.action.hover },
  "& .header": {
    position: "sticky",
    top: 0,
    zIndex: 1,
    backgroundColor: palette.background.paper,
    fontWeight: 600,
  },
  "& .group": { backgroundColor: palette.background.paper },
  "& .stale": { color: palette.text.secondary },
} as const);

/** Styles of cells and their content. */
const cells = ({ palette, typography }: Theme) => ({
  "& .cell": {
    padding: "0 8px",
    overflow: "hidden",
    whiteSpace: "nowrap",
    textOverflow: "ellipsis",
    display: "flex",
    alignItems: "center",
    gap: 8,
    minWidth: 0,
  },
  "& .cell > a, & .cell > span": { overflow: "hidden", textOverflow: "ellipsis", minWidth: 0 },
  "& .image": { display: "flex" },
  "& .image > span": { overflow: "hidden", textOverflow: "ellipsis", flexShrink: 0, maxWidth: "100%" },
  "& .image > span:first-of-type": { flexShrink: 1 },
  "& .cell.numeric": { justifyContent: "flex-end", fontVariantNumeric: "tabular-nums" },
  "& .group .cell": { gridColumn: "1 / -1", gap: 16 },
  "& .value": { display: "flex", flexDirection: "column", alignItems: "flex-end", lineHeight: 1.25 },
  "& .cell.actions": { justifyContent: "flex-end", padding: "0 4px", overflow: "visible" },
  "& .stacked": { display: "flex", flexDirection: "column", minWidth: 0, flexGrow: 1 },
  "& .stacked > a, & .second > .detail": { overflow: "hidden", textOverflow: "ellipsis" },
  "& .second": { display: "flex", gap: 8, minWidth: 0, fontSize: typography.pxToRem(12) },
  "&.narrow .group .cell": { flexDirection: "column", alignItems: "flex-start", gap: 0 },
  "&.narrow .fold": { maxWidth: "100%", padding: 0 },
  "&.narrow .detail": { maxWidth: "100%" },
  "& .detail, & .missing": { color: palette.text.secondary, fontSize: typography.pxToRem(12) },
  "& a": { color: palette.primary.main, fontWeight: 500, textDecoration: "none" },
  "& a:hover": { textDecoration: "underline" },
  "& button:not(.MuiButtonBase-root)": {
    font: "inherit",
    color: "inherit",
    background: "none",
    border: 0,
    padding: "4px 0",
    cursor: "pointer",
  },
  "& .fold": { overflow: "hidden", textOverflow: "ellipsis", maxWidth: "60%" },
  "& .cell > a, & .cell > span, & .fold": { unicodeBidi: "isolate" },
  "& .header button, & .group button": { fontWeight: 600 },
  "& .spark": { color: palette.primary.main, flexShrink: 0, overflow: "visible" },
  "& .visually-hidden": VISUALLY_HIDDEN,
} as const);

/** Colors of states. */
const states = ({ palette }: Theme) => ({
  "& .state": { display: "inline-flex", alignItems: "center", gap: 6 },
  "& .state svg": { fontSize: 14, flexShrink: 0 },
  "& .good": { color: palette.success.main },
  "& .careful": { color: palette.warning.main },
  "& .bad": { color: palette.error.main },
  "& .quiet": { color: palette.text.secondary },
} as const);

/** Scrolling frame of the table. */
export const TableFrame = styled("div")(({ theme }) => ({
  flexGrow: 1,
  minHeight: 0,
  overflow: "auto",
  fontSize: theme.typography.pxToRem(13),
  outlineOffset: -2,
  ...lines(theme),
  ...cells(theme),
  ...states(theme),
}));

/** Frame for a state outside the table. */
export const StateFrame = styled("div")(({ theme }) => ({
  fontSize: theme.typography.pxToRem(13),
  ...states(theme),
}));
