import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from "@mui/material";
import { useId, useState } from "react";
import { TOUCH_TARGETS } from "../../../../components/design/touch.ts";
import { LABELS } from "../../../../components/labels.ts";
import { FILE_TAB_LABELS, PATH_LABELS } from "../../model/plan/labels_files.ts";
import { conflictMistake, pathMistake } from "./path_rules.ts";

/** Props of {@linkcode PathDialog}. */
export interface PathDialogProps {
  readonly title: string;
  /** Label of the confirming button. */
  readonly action: string;
  readonly initial: string;
  /** Paths that other files have. */
  readonly taken: readonly string[];
  readonly onPath: (path: string) => void;
  readonly onCancel: () => void;
}

/** Asks for the path of a file, and explains why one cannot be used. */
export function PathDialog({ title, action, initial, taken, onPath, onCancel }: PathDialogProps) {
  const titleId = useId();
  const [path, setPath] = useState(initial);
  const wanted = path.trim();
  const mistake = pathMistake(wanted) ?? conflictMistake(wanted, taken);
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="xs" sx={TOUCH_TARGETS}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (mistake === undefined) onPath(wanted);
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <TextField
            fullWidth
            autoFocus
            size="small"
            margin="dense"
            label={FILE_TAB_LABELS.path}
            value={path}
            error={wanted !== "" && mistake !== undefined}
            helperText={wanted === "" ? PATH_LABELS.outside : mistake ?? " "}
            onChange={({ target }) => setPath(target.value)}
            slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: "none", autoComplete: "off" } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onCancel}>{LABELS.cancel}</Button>
          <Button type="submit" variant="contained" disabled={mistake !== undefined}>{action}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
