import { Box, Typography } from "@mui/material";
import { ActionButton } from "../../../../components/action_button.tsx";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";

/** Largest number of files that are named. */
const MOST_NAMED = 10;

/** Props of {@linkcode RemovedFiles}. */
export interface RemovedFilesProps {
  readonly paths: readonly string[];
  readonly isLocked: boolean;
  readonly onKeep: (path: string) => void;
}

/** The stored files that the save deletes, each with a button that keeps it. */
export function RemovedFiles({ paths, isLocked, onKeep }: RemovedFilesProps) {
  if (paths.length === 0) return null;
  const hidden = paths.length - MOST_NAMED;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1, pt: 1 }}>
      <Typography variant="body2" color="text.secondary">{FILE_TAB_LABELS.removed}</Typography>
      {paths.slice(0, MOST_NAMED).map((path) => (
        <Box key={path} sx={{ display: "flex", alignItems: "center", minWidth: 0 }}>
          <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>{path}</Typography>
          {!isLocked && (
            <ActionButton
              label={FILE_TAB_LABELS.keep}
              help={FILE_TAB_LABELS.keepHelp(path)}
              variant="text"
              onClick={() => onKeep(path)}
            />
          )}
        </Box>
      ))}
      {hidden > 0 && <Typography variant="body2">{FILE_TAB_LABELS.more(hidden)}</Typography>}
    </Box>
  );
}
