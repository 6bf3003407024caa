import { Divider, ListItemIcon, ListItemText, Menu, MenuItem } from "@mui/material";
import { CheckIcon } from "../../components/icons.tsx";
import { mainElement } from "../../components/main_element.ts";
import { useClient } from "../../lib/client.ts";
import { hrefTo } from "../../lib/route.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { BrowserTransport } from "../../lib/transport/browser_transport.ts";
import { InstallEntry } from "../install/install_entry.tsx";
import { GEAR_VIEWS, LABELS, THEME_LABELS } from "../labels.ts";
import { SignOut } from "./sign_out.tsx";
import { THEME_CHOICES, themeChoice } from "../theme_choice.ts";

/** Views and actions that the menu offers. */
export interface GearMenuProps {
  /** True when the client may view the log and the diagnostics. */
  readonly mayView: boolean;
  /** Opens the list of shortcuts. */
  readonly onHelp: () => void;
}

/** Props of {@linkcode GearMenuList}. */
export interface GearMenuListProps extends GearMenuProps {
  /** Anchor of the open menu; `null` while it is closed. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
}

/** View before those of DockStat itself. */
const LAST_OF_ENGINE = "resources";

/** Entries of the menu of the page. */
export default function GearMenuList({ anchor, onClose, mayView, onHelp }: GearMenuListProps) {
  const { desktop, transport } = useClient();
  const theme = useObservable(themeChoice);
  return (
    <Menu container={mainElement} anchorEl={anchor} open={anchor !== null} onClose={onClose}>
      {mayView &&
        GEAR_VIEWS.map(([name, label]) => (
          <MenuItem
            key={name}
            component="a"
            href={hrefTo(name)}
            divider={name === LAST_OF_ENGINE}
            onClick={onClose}
          >
            <ListItemText inset>{label}</ListItemText>
          </MenuItem>
        ))}
      <MenuItem
        onClick={() => {
          onClose();
          onHelp();
        }}
      >
        <ListItemText inset>{LABELS.help}</ListItemText>
      </MenuItem>
      {desktop === undefined && [<Divider key="themes" />, ...themes(theme)]}
      {desktop === undefined && <Divider />}
      {desktop === undefined && mayView && <InstallEntry />}
      {transport instanceof BrowserTransport && <SignOut transport={transport} />}
    </Menu>
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
