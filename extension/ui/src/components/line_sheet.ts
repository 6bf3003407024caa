import { alpha, styled } from "@mui/material";

const MONOSPACE =
  '"Roboto Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The scrolling element of a list. One style sheet covers all lines, since lists have thousands of them. */
export const LineSheet = styled("div")(({ theme: { palette, shape, spacing, typography } }) => ({
  flex: "1 1 0",
  minHeight: 0,
  overflowY: "auto",
  // The list manages its own scroll position.
  overflowAnchor: "none",
  border: `1px solid ${palette.divider}`,
  borderRadius: shape.borderRadius,
  backgroundColor: palette.background.default,
  paddingBlock: spacing(0.5),
  fontSize: typography.body2.fontSize,
  "&:focus-visible": { outline: `2px solid ${palette.primary.main}`, outlineOffset: 1 },
  "& [role=list]": { position: "relative" },
  "& [role=listitem]": {
    position: "absolute",
    insetInline: 0,
    top: 0,
    display: "flex",
    gap: spacing(1.5),
    padding: `1px ${spacing(1.5)}`,
    lineHeight: 1.5,
    borderInlineStart: "3px solid transparent",
    "&:hover": { backgroundColor: palette.action.hover },
    "&[aria-current]": { backgroundColor: palette.action.selected, borderColor: palette.primary.main },
  },
  "& time, & .place": {
    color: palette.text.secondary,
    fontVariantNumeric: "tabular-nums",
    whiteSpace: "nowrap",
  },
  "& .place": { textAlign: "end" },
  "& .mark": { flexShrink: 0, width: "6ch", fontFamily: MONOSPACE, fontWeight: 600 },
  "& .text, & .note": { flexGrow: 1, minWidth: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  "& .text": { fontFamily: MONOSPACE },
  "& .note": { color: palette.text.secondary, fontStyle: "italic" },
  "& mark": {
    color: palette.text.primary,
    backgroundColor: alpha(palette.warning.main, 0.35),
    borderRadius: 2,
  },
  "& [data-tone=error]": { color: palette.error.main },
  "& [data-tone=warning]": { color: palette.warning.main },
  "& [data-tone=info]": { color: palette.info.main },
  "& [data-tone=quiet]": { color: palette.text.secondary },
}));
