import { LinearProgress } from "@mui/material";
import { LABELS } from "./labels.ts";

/** Bar at the top of the window while the code of a menu or dialog is loading that the user has opened. */
export function PartLoading() {
  return (
    <LinearProgress
      aria-label={LABELS.loading}
      sx={{ position: "fixed", inset: "0 0 auto 0", zIndex: "tooltip" }}
    />
  );
}
