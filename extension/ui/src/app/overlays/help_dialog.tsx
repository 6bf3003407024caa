import { Box, Dialog, DialogContent, DialogTitle, IconButton, Typography } from "@mui/material";
import { CloseIcon } from "../../components/icons.tsx";
import { mainElement } from "../../components/main_element.ts";
import { COLORS } from "../../components/design/tokens.ts";
import { HELP } from "./labels_help.ts";

/** First-run help and the list of shortcuts. */
export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog
      open
      container={mainElement}
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="help-title"
    >
      <DialogTitle id="help-title" sx={{ pr: 7 }}>
        {HELP.title}
        <IconButton
          aria-label={HELP.close}
          onClick={onClose}
          sx={{ position: "absolute", right: 12, top: 12 }}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      </DialogTitle>
      <DialogContent>
        {HELP.paragraphs.map((text) => <Typography key={text} sx={{ mb: 1 }}>{text}</Typography>)}
        <Typography variant="h2" sx={{ mt: 2, mb: 1 }}>{HELP.shortcuts}</Typography>
        <Box component="dl" sx={LIST}>
          {HELP.keys.map(([keys, action]) => (
            <Box key={keys} sx={{ display: "contents" }}>
              <dt>{keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{action}</dd>
            </Box>
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  );
}

const LIST = {
  m: 0,
  display: "grid",
  gridTemplateColumns: "110px 1fr",
  rowGap: 1,
  "& dd": { m: 0 },
  "& dt": { display: "flex", gap: 0.5 },
  "& kbd": {
    minWidth: 18,
    px: 0.75,
    textAlign: "center",
    font: "inherit",
    fontSize: 11,
    lineHeight: "18px",
    color: COLORS.inkMuted,
    border: `1px solid ${COLORS.line}`,
    borderRadius: "4px",
  },
} as const;
