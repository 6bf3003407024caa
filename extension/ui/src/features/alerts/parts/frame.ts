/** Frames of the lists of alerts, rules and channels. */
import { styled } from "@mui/material";
import { COLORS, RADIUS } from "../../../components/design/tokens.ts";

/** A list of rows in a panel. */
export const Rows = styled("ul")({
  margin: 0,
  padding: 0,
  listStyle: "none",
  backgroundColor: COLORS.panel,
  border: `1px solid ${COLORS.line}`,
  borderRadius: RADIUS.panel,
  overflow: "hidden",
});

/** One row: a mark, texts that take the room, and controls that wrap below them on a phone. */
export const Row = styled("li")({
  display: "flex",
  flexWrap: "wrap",
  alignItems: "center",
  columnGap: 12,
  rowGap: 6,
  padding: "8px 12px",
  "&:not(:last-of-type)": { borderBottom: `1px solid ${COLORS.lineSoft}` },
  "& .texts": { flex: "1 1 260px", minWidth: 0 },
  "& .first": { display: "flex", alignItems: "center", gap: 8, minWidth: 0 },
  "& .name": { fontWeight: 600, minWidth: 0, overflowWrap: "anywhere" },
  "& .name ~ *": { flexShrink: 0 },
  "& a.name": { color: COLORS.ink, textDecoration: "none", "&:hover": { textDecoration: "underline" } },
  "& .more": { color: COLORS.inkMuted, fontSize: 12, lineHeight: "18px", overflowWrap: "anywhere" },
  "& .time": { whiteSpace: "nowrap" },
  "& .controls": { display: "flex", flexWrap: "wrap", alignItems: "center", gap: 6 },
  // The curves before the controls of all alerts begin at the same place.
  "& .controls.alert": { "@media (min-width: 600px)": { minWidth: 344, justifyContent: "flex-end" } },
});
