import { Button, Divider, IconButton, ListItemIcon, ListSubheader, Menu, MenuItem } from "@mui/material";
import { type ReactNode, useRef, useState } from "react";
import { CheckIcon } from "../../icons.tsx";
import { mainElement } from "../../main_element.ts";

/** One choice of a menu. */
export interface Choice {
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Choices under one heading: one of them, or any number. */
export interface ChoiceGroup {
  readonly title: string;
  readonly kind: "one" | "any";
  readonly choices: readonly Choice[];
}

/** Props of {@linkcode ChoiceMenu}. */
export interface ChoiceMenuProps {
  /** Accessible name, and the text of a button without an icon. */
  readonly label: string;
  readonly icon?: ReactNode;
  readonly groups: readonly ChoiceGroup[];
}

/** A button that opens a menu of choices, which stays open for further choices. */
export function ChoiceMenu({ label, icon, groups }: ChoiceMenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const props = {
    ref: anchor,
    "aria-haspopup": "menu",
    "aria-expanded": isOpen,
    onClick: () => setOpen(true),
  } as const;
  return (
    <>
      {icon === undefined
        ? <Button {...props} size="small" color="inherit" sx={BUTTON}>{label}</Button>
        : <IconButton {...props} size="small" aria-label={label} title={label}>{icon}</IconButton>}
      <Menu container={mainElement} anchorEl={anchor.current} open={isOpen} onClose={() => setOpen(false)}>
        {groups.flatMap((group, index) => itemsOf(group, index))}
      </Menu>
    </>
  );
}

const BUTTON = {
  height: 28,
  px: 1,
  minWidth: 0,
  fontSize: 12,
  fontWeight: 500,
  whiteSpace: "nowrap",
  flexShrink: 0,
};

/** MUI's menu needs its items as direct children. */
function itemsOf({ title, kind, choices }: ChoiceGroup, index: number): ReactNode[] {
  return [
    ...index === 0 ? [] : [<Divider key={`${title} line`} role="presentation" component="li" />],
    <ListSubheader key={title} role="presentation" sx={{ lineHeight: "28px", bgcolor: "transparent" }}>
      {title}
    </ListSubheader>,
    ...choices.map(({ label, isChosen, onChoose }) => (
      <MenuItem
        key={`${title} ${label}`}
        dense
        role={kind === "one" ? "menuitemradio" : "menuitemcheckbox"}
        aria-checked={isChosen}
        onClick={onChoose}
      >
        <ListItemIcon>{isChosen && <CheckIcon fontSize="small" />}</ListItemIcon>
        {label}
      </MenuItem>
    )),
  ];
}
