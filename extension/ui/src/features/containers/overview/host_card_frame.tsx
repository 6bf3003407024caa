import { styled } from "@mui/material";
import { COLORS, PANEL, TABULAR } from "../../../components/design/tokens.ts";

/** Layout of the host cards: one line each, or names above the meters where the width is small. */
export const Frame = styled("div")({
  ...TABULAR,
  display: "flex",
  flexDirection: "column",
  gap: 10,
  "& .cards": {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 340px), 1fr))",
    gap: 10,
  },
  "& .cards.many": { maxHeight: 300, overflowY: "auto" },
  "& .card": {
    ...PANEL,
    boxSizing: "border-box",
    display: "grid",
    gridAutoFlow: "column",
    gridAutoColumns: "minmax(0, 1fr)",
    gridTemplateColumns: "minmax(110px, 160px)",
    columnGap: 20,
    alignItems: "center",
    padding: "8px 14px 4px",
  },
  // The card of all hosts has the highest numbers.
  "& .card:has(> button)": { gridTemplateColumns: "fit-content(240px) repeat(3, minmax(0, 1fr)) auto" },
  "&.narrow .card, & .many .card, & .tight .card": { columnGap: 14 },
  "& .name button": {
    all: "unset",
    cursor: "pointer",
    borderRadius: 3,
    "&:hover": { textDecoration: "underline" },
    "&[aria-pressed=true]": { color: COLORS.accent },
    "&:focus-visible": { outline: `2px solid ${COLORS.accent}` },
  },
  // Amounts of memory and disk are the longest values of a single host.
  "&:not(.narrow) .loose .card:only-child": {
    gridTemplateColumns: "minmax(110px, 220px) minmax(0, 1fr) repeat(2, minmax(0, 1.5fr)) minmax(0, 0.7fr)",
  },
  "& .tight .card": { gridTemplateColumns: "minmax(80px, 120px)" },
  // The load of two hosts has no room either.
  "@media (max-width: 1200px)": {
    "& .loose .card:not(:only-child)": { columnGap: 14, gridTemplateColumns: "minmax(80px, 120px)" },
    "& .loose .card:not(:only-child) > :nth-child(5)": { display: "none" },
  },
  "&.narrow .card": { gridTemplateColumns: "none", padding: "8px 12px 4px" },
  // Names and meters do not fit into one line of a phone, nor of one card of many.
  "&.narrow .card:has(.name), & .many .card": {
    gridAutoFlow: "row",
    gridTemplateColumns: "repeat(3, minmax(0, 1fr))",
    rowGap: 2,
  },
  "&.narrow .name, & .many .name": {
    gridColumn: "1 / -1",
    flexDirection: "row",
    gap: 8,
    alignItems: "baseline",
  },
  "&.narrow .name strong, & .many .name strong": { flexShrink: 0, maxWidth: "60%" },
  "&.narrow .name:has(~ button)": { gridColumn: "1 / 3" },
  "&.narrow .card > button": { gridArea: "1 / 3", justifySelf: "end" },
  "& .name": { display: "flex", flexDirection: "column", minWidth: 0 },
  "& .name > *": { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  "& .name strong": { fontWeight: 600, unicodeBidi: "isolate" },
  "& .counts": { color: COLORS.inkMuted },
  "& .silent": { display: "flex", gap: 8, alignItems: "center", color: COLORS.bad, gridColumn: "span 3" },
  "& .quiet": { color: COLORS.inkQuiet, fontWeight: 400 },
});
