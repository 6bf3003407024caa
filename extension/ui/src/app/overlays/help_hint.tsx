import { Button } from "@mui/material";
import { isBoolean, useStoredState } from "../../lib/use_stored_state.ts";
import { HELP } from "./labels_help.ts";

/** Button for new users, until they have opened the help once. */
export function HelpHint({ onHelp }: { readonly onHelp: () => void }) {
  const [known, setKnown] = useStoredState("helped", false, isBoolean);
  if (known) return null;
  const open = () => {
    setKnown(true);
    onHelp();
  };
  return (
    <Button variant="outlined" onClick={open} sx={{ display: { xs: "none", md: "inline-flex" } }}>
      {HELP.hint}
    </Button>
  );
}
