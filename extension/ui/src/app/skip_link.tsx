import { Link } from "@mui/material";
import type { MouseEvent } from "react";
import { VISUALLY_HIDDEN } from "../components/visually_hidden.ts";
import { LABELS } from "./labels.ts";
import { focusContent } from "./use_focus_after_move.ts";

/** Link to the content, visible while it has the focus. */
export function SkipLink() {
  // The address holds the view, so the link must not change it.
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    focusContent();
  };
  return <Link href={location.hash || "#/"} onClick={skip} sx={STYLE}>{LABELS.skip}</Link>;
}

const STYLE = {
  position: "absolute",
  zIndex: "tooltip",
  left: 8,
  top: 8,
  px: 1.5,
  py: 0.75,
  bgcolor: "background.paper",
  border: 1,
  borderColor: "divider",
  borderRadius: 1,
  "&:not(:focus)": VISUALLY_HIDDEN,
} as const;
