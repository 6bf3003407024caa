import { ListItemText, Menu, MenuItem } from "@mui/material";
import { mainElement } from "./main_element.ts";

/** Entry of an {@linkcode ActionMenuList}. */
export interface MenuAction {
  readonly label: string;
  /** Second line that explains the action. */
  readonly help: string;
  readonly onClick: () => void;
}

/** Props of {@linkcode ActionMenuList}. */
export interface ActionMenuListProps {
  readonly anchor: HTMLElement | null;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly actions: readonly MenuAction[];
}

/** Menu of actions, which closes before an action starts. */
export default function ActionMenuList({ anchor, open, onClose, actions }: ActionMenuListProps) {
  const choose = ({ onClick }: MenuAction) => {
    onClose();
    onClick();
  };
  return (
    <Menu container={mainElement} anchorEl={anchor} open={open} onClose={onClose}>
      {actions.map((action) => (
        <MenuItem
          key={action.label}
          dense
          sx={{ whiteSpace: "normal" }}
          onClick={() => choose(action)}
        >
          <ListItemText primary={action.label} secondary={action.help} />
        </MenuItem>
      ))}
    </Menu>
  );
}
