import { alpha, styled } from "@mui/material";

const MONOSPACE =
  '"JetBrains Mono", "Roboto Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Height of a line, px. */
export const LINE_PX = 18;
/** Height of a line on a phone, px. */
export const PHONE_LINE_PX = 16;

/** The scrolling element of a log. One style sheet covers all rows, since logs have thousands of them. */
export const LogSheet = styled("div")(({ theme: { palette, breakpoints } }) => ({
  flex: "1 1 0",
  minHeight: 0,
  position: "relative",
  overflow: "auto",
  // The list manages its own scroll position.
  overflowAnchor: "none",
  backgroundColor: palette.background.default,
  font: `12.5px/${LINE_PX}px ${MONOSPACE}`,
  "&:focus-visible": { outline: `2px solid ${palette.primary.main}`, outlineOffset: -2 },
  "& [role=list]": { position: "relative", minWidth: "100%" },
  "&[data-wrap=false] [role=listitem]": { minWidth: "100%", right: "auto", whiteSpace: "pre" },
  "& [role=listitem]": {
    position: "absolute",
    insetInline: 0,
    top: 0,
    display: "flex",
    gap: "1ch",
    paddingInline: "11px 12px",
    // Small gaps in the bar separate entries.
    "&::before": { content: '""', position: "absolute", insetBlock: 1, insetInlineStart: 0, width: 3 },
    "&:hover": { backgroundColor: palette.action.hover },
    "&:is([data-level=fatal], [data-level=error])": {
      backgroundColor: alpha(palette.error.main, 0.07),
      "&::before": { backgroundColor: palette.error.main },
    },
    "&[data-level=warning]::before": { backgroundColor: palette.warning.main },
    "&[data-level=info]::before": { backgroundColor: alpha(palette.info.main, 0.45) },
    "&[data-level=debug]::before": { backgroundColor: alpha(palette.text.secondary, 0.35) },
    "&[data-selected]": { backgroundColor: palette.action.selected },
    "&[aria-current]": {
      backgroundColor: palette.action.selected,
      boxShadow: `inset 0 0 0 1px ${palette.primary.main}`,
    },
  },
  "& time, & .place, & .source, & .column": { flexShrink: 0, whiteSpace: "nowrap" },
  "& time, & .place": { color: palette.text.secondary, fontVariantNumeric: "tabular-nums" },
  "& time": { cursor: "pointer", userSelect: "none" },
  "& .place": { textAlign: "end" },
  "& .source": { userSelect: "none", width: "16ch", overflow: "hidden", textOverflow: "ellipsis" },
  "& .column": { width: "16ch", overflow: "hidden", textOverflow: "ellipsis", color: palette.text.secondary },
  "& .mark": { flexShrink: 0, width: "5ch", fontWeight: 600, userSelect: "none" },
  "& [data-tone=fatal], & [data-tone=error]": { color: palette.error.main },
  "& [data-tone=warning]": { color: palette.warning.main },
  "& [data-tone=info]": { color: palette.info.main },
  "& [data-tone=debug]": { color: palette.text.secondary },
  // A dot that is as high as a line.
  "& .stderr": {
    flexShrink: 0,
    width: 5,
    height: 5,
    marginTop: 7,
    borderRadius: "50%",
    backgroundColor: palette.warning.main,
    opacity: 0.8,
  },
  "& .stdout": { flexShrink: 0, width: 5 },
  "& .body": { flexGrow: 1, minWidth: 0 },
  "&[data-wrap=true] :is(.text, .note)": { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  "&[data-wrap=false] :is(.text, .note)": { whiteSpace: "pre" },
  "& .text": { tabSize: 4 },
  "& .note": { color: palette.text.secondary, fontStyle: "italic" },
  "& [data-note] .body": {
    display: "flex",
    alignItems: "center",
    gap: "1ch",
    "&::after": { content: '""', flexGrow: 1, borderTop: `1px solid ${palette.divider}` },
  },
  "& .key": { color: palette.text.secondary },
  "& .line": { display: "block", minHeight: LINE_PX },
  "& mark": {
    color: "#17191e",
    backgroundColor: "#ffe08a",
    borderRadius: 2,
  },
  "& button": {
    font: "inherit",
    color: palette.text.secondary,
    background: "none",
    border: "none",
    padding: 0,
    cursor: "pointer",
    userSelect: "none",
    "&:hover": { color: palette.text.primary },
    "&:focus-visible": { outline: `2px solid ${palette.primary.main}` },
  },
  "& .toggle": { flexShrink: 0, alignSelf: "flex-start", width: "1ch", textAlign: "center" },
  "& .fields": {
    display: "grid",
    gridTemplateColumns: "minmax(8ch, max-content) 1fr auto",
    columnGap: "2ch",
    margin: "2px 0 6px",
    paddingInlineStart: "1ch",
    borderInlineStart: `1px solid ${palette.divider}`,
    "& dt": { color: palette.text.secondary, overflowWrap: "anywhere" },
    "& dd": { margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  },
  "& .top": {
    position: "absolute",
    // The list begins at the same place.
    zIndex: 1,
    insetInline: 0,
    top: 0,
    height: 24,
    lineHeight: "24px",
    paddingInline: 12,
    color: palette.text.secondary,
    fontStyle: "italic",
  },
  [breakpoints.down("sm")]: {
    font: `12px/${PHONE_LINE_PX}px ${MONOSPACE}`,
    "& [role=listitem]": { paddingInline: "7px 4px", gap: "0.5ch" },
    "& .ms": { display: "none" },
    "& .place": { display: "none" },
    "& .line": { minHeight: PHONE_LINE_PX },
    "& .stderr": { marginTop: 6 },
    "& .source": { width: "9ch" },
    "& .fields": { gridTemplateColumns: "minmax(6ch, 12ch) 1fr auto" },
  },
}));

/** Colors of containers in a merged log, readable on the page's background in each theme. */
export const SOURCE_COLORS: Readonly<Record<"light" | "dark", readonly string[]>> = {
  light: [
    "#0055bf",
    "#1e6c5f",
    "#6b1ea6",
    "#8a5a03",
    "#ad001e",
    "#0b6b7a",
    "#9a2a72",
    "#4d6b00",
    "#505968",
    "#b04a00",
  ],
  dark: [
    "#8bc7f5",
    "#88d5c0",
    "#ca9fe4",
    "#e8b266",
    "#f39a9f",
    "#7fd4e0",
    "#f0a3d0",
    "#b5d46a",
    "#c4c8d1",
    "#ffb083",
  ],
};
