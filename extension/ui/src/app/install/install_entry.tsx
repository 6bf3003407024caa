import { ListItemText, MenuItem } from "@mui/material";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS } from "../labels.ts";
import { installPrompt, installState } from "./install_prompt.ts";

/** Entry of a menu that installs the page as an app, or explains why it cannot. Absent in the app itself. */
export function InstallEntry(props: object) {
  const prompt = useObservable(installPrompt);
  const state = installState({
    isOffered: prompt !== undefined,
    isSecure: globalThis.isSecureContext,
    isApp: globalThis.matchMedia("(display-mode: standalone)").matches,
  });
  if (state === "installed") return null;
  return (
    <MenuItem {...props} divider={false} aria-disabled={prompt === undefined} onClick={prompt}>
      <ListItemText
        inset
        secondary={state === "offered" ? undefined : LABELS.installHelp[state]}
        secondaryTypographyProps={{ sx: { maxWidth: 220, whiteSpace: "normal" } }}
      >
        {LABELS.install}
      </ListItemText>
    </MenuItem>
  );
}
