import { Divider, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Tooltip } from "@mui/material";
import { useState } from "react";
import { CheckIcon, SettingsIcon } from "../components/icons.tsx";
import { mainElement } from "../components/main_element.ts";
import { useClient } from "../lib/client.ts";
import { hrefTo } from "../lib/route.ts";
import { useObservable } from "../lib/use_observable.ts";
import { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { InstallEntry } from "./install/install_entry.tsx";
import { GEAR_VIEWS, LABELS, THEME_LABELS } from "./labels.ts";
import { SignOut } from "./sign_out.tsx";
import { THEME_CHOICES, themeChoice } from "./theme_choice.ts";

/** Props of {@linkcode GearMenu}. */
export interface GearMenuProps {
  /** True when the client may view the log and the diagnostics. */
  readonly mayView: boolean;
  /** Opens the list of shortcuts. */
  readonly onHelp: () => void;
}

/** Menu with DockStat's own views, the theme, help, and the end of the session. */
export function GearMenu({ mayView, onHelp }: GearMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { desktop, transport } = useClient();
  const theme = useObservable(themeChoice);
  const close = () => setAnchor(null);
  return (
    <>
      <Tooltip title={LABELS.settings}>
        <IconButton
          aria-label={LABELS.settings}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
          sx={{ width: { xs: 44, sm: 32 }, height: { xs: 44, sm: 32 } }}
        >
          <SettingsIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      <Menu container={mainElement} anchorEl={anchor} open={anchor !== null} onClose={close}>
        {mayView &&
          GEAR_VIEWS.map(([name, label]) => (
            <MenuItem key={name} component="a" href={hrefTo(name)} onClick={close}>
              <ListItemText inset>{label}</ListItemText>
            </MenuItem>
          ))}
        <MenuItem
          onClick={() => {
            close();
            onHelp();
          }}
        >
          <ListItemText inset>{LABELS.help}</ListItemText>
        </MenuItem>
        {desktop === undefined && [<Divider key="themes" />, ...themes(theme)]}
        {desktop === undefined && mayView && <InstallEntry />}
        {transport instanceof BrowserTransport && <SignOut transport={transport} />}
      </Menu>
    </>
  );
}

/** Docker Desktop has a theme setting for all of its pages. */
function themes(current: string) {
  return THEME_CHOICES.map((choice) => (
    <MenuItem
      key={choice}
      role="menuitemradio"
      aria-checked={choice === current}
      onClick={() => themeChoice.set(choice)}
    >
      <ListItemIcon>{choice === current && <CheckIcon fontSize="small" />}</ListItemIcon>
      <ListItemText>{THEME_LABELS[choice]}</ListItemText>
    </MenuItem>
  ));
}
