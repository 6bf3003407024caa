import { Alert, Box } from "@mui/material";
import { HISTORY_LABELS } from "../model/labels_detail.ts";

/** Warnings of an operation. */
export function WarningList({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Alert severity="warning" sx={{ my: 1, "& .MuiAlert-message": { minWidth: 0 } }}>
      <Box
        component="ul"
        aria-label={HISTORY_LABELS.warnings(warnings.length)}
        tabIndex={0}
        sx={{
          m: 0,
          pl: warnings.length > 1 ? 2 : 0,
          listStyle: warnings.length > 1 ? "disc" : "none",
          maxHeight: 240,
          overflow: "auto",
          overflowWrap: "anywhere",
        }}
      >
        {warnings.map((warning) => <li key={warning}>{warning}</li>)}
      </Box>
    </Alert>
  );
}
