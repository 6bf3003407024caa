import { Box, ListItemText, Menu, MenuItem } from "@mui/material";
import { type ReactNode, useRef, useState } from "react";
import { ActionIcon } from "./action_button.tsx";
import { mainElement } from "./main_element.ts";

/** Entry of an {@linkcode ActionMenu}. */
export interface MenuAction {
  readonly label: string;
  /** Second line that explains the action. */
  readonly help: string;
  readonly onClick: () => void;
}

/** Props of {@linkcode ActionMenu}. */
export interface ActionMenuProps {
  /** Accessible name of the button. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly actions: readonly MenuAction[];
  /** Reason why the menu is disabled, as a sentence; `undefined` when it is enabled. */
  readonly obstacle?: string | undefined;
}

/** An icon button that opens a menu of actions. */
export function ActionMenu({ label, icon, actions, obstacle }: ActionMenuProps) {
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  // Tables have many menus, and few of them are opened.
  const wasOpen = useRef(false);
  wasOpen.current ||= open;
  const choose = ({ onClick }: MenuAction) => {
    setOpen(false);
    onClick();
  };
  return (
    <Box component="span" ref={anchor}>
      <ActionIcon
        label={label}
        help={label}
        icon={icon}
        obstacle={obstacle}
        isOpen={open}
        onClick={() => setOpen(true)}
      />
      {wasOpen.current && (
        <Menu
          container={mainElement}
          anchorEl={anchor.current}
          open={open}
          onClose={() => setOpen(false)}
        >
          {actions.map((action) => (
            <MenuItem key={action.label} dense onClick={() => choose(action)}>
              <ListItemText primary={action.label} secondary={action.help} />
            </MenuItem>
          ))}
        </Menu>
      )}
    </Box>
  );
}
