import { Box, Typography } from "@mui/material";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";

/** The `.env` of a stack's repository, which is changed there. */
export function RepositoryEnv({ text }: { readonly text: string }) {
  return (
    <Box component="section" aria-label={FILE_TAB_LABELS.repositoryEnv} sx={{ pt: 2 }}>
      <Typography variant="h3">{FILE_TAB_LABELS.repositoryEnv}</Typography>
      <Typography variant="body2" color="text.secondary">{FILE_TAB_LABELS.repositoryEnvHint}</Typography>
      <Box
        component="pre"
        tabIndex={0}
        sx={{ m: 0, mt: 1, maxHeight: 240, overflow: "auto", fontSize: 13 }}
      >
        {text}
      </Box>
    </Box>
  );
}
