import { Divider, ListItemIcon, ListItemText, ListSubheader, Menu, MenuItem } from "@mui/material";
import type { ReactElement } from "react";
import { CheckIcon } from "../../../components/icons.tsx";
import { mainElement } from "../../../components/main_element.ts";
import { COLUMN_IDS, type ColumnId } from "../model/column_ids.ts";
import { COLUMNS } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";
import type { Order, Preferences } from "../model/preferences.ts";

/** Choices that the menu shows and changes. */
export interface ViewMenuProps {
  readonly preferences: Preferences;
  readonly onPreferences: (changed: Partial<Preferences>) => void;
  readonly order: Order;
  readonly onOrder: (column: ColumnId) => void;
}

/** Props of {@linkcode ViewMenuList}. */
export interface ViewMenuListProps extends ViewMenuProps {
  /** Anchor of the open menu; `null` while it is closed. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
}

/** Columns to sort by on a phone, which shows no headings. */
const SORTS = ["name", "cpu", "memory", "status"] as const;

/** Choices of the order, grouping, density, CPU scale and columns. */
export default function ViewMenuList({ anchor, onClose, ...props }: ViewMenuListProps) {
  return (
    <Menu container={mainElement} anchorEl={anchor} open={anchor !== null} onClose={onClose}>
      {choicesOf(props)}
    </Menu>
  );
}

/** Entries of the menu; an array, since the menu moves the focus among its children. */
function choicesOf({ preferences, onPreferences, order, onOrder }: ViewMenuProps): readonly ReactElement[] {
  const { grouped, compact, scale, columns } = preferences;
  const choice = (label: string, checked: boolean, onClick: () => void, role?: ChoiceProps["role"]) => (
    <Choice key={`${role} ${label}`} {...{ label, checked, onClick, ...role && { role } }} />
  );
  return [
    choice(LABELS.groupByProject, grouped, () => onPreferences({ grouped: !grouped })),
    choice(LABELS.compact, compact, () => onPreferences({ compact: !compact })),
    choice(
      LABELS.cpuOfHost,
      scale === "host",
      () => onPreferences({ scale: scale === "host" ? "core" : "host" }),
    ),
    <Heading key="sort">{LABELS.sort}</Heading>,
    ...SORTS.map((id) => choice(COLUMNS[id].label, order.column === id, () => onOrder(id), "menuitemradio")),
    <Heading key="columns">{LABELS.columns}</Heading>,
    ...COLUMN_IDS.filter((id) => id !== "name").map((id) =>
      choice(
        COLUMNS[id].label,
        columns.includes(id),
        () => onPreferences({ columns: withColumn(columns, id) }),
      )
    ),
  ];
}

function withColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  return COLUMN_IDS.filter((one) => one === id ? !columns.includes(id) : columns.includes(one));
}

function Heading({ children }: { readonly children: string }) {
  return (
    <>
      <Divider />
      <ListSubheader role="presentation" sx={{ fontSize: 11, lineHeight: "24px", bgcolor: "transparent" }}>
        {children}
      </ListSubheader>
    </>
  );
}

interface ChoiceProps {
  readonly role?: "menuitemcheckbox" | "menuitemradio";
  readonly label: string;
  readonly checked: boolean;
  readonly onClick: () => void;
}

/** The menu clones its items, and passes focus handling through the remaining props. */
function Choice({ label, checked, onClick, role = "menuitemcheckbox", ...rest }: ChoiceProps) {
  return (
    <MenuItem {...rest} dense role={role} aria-checked={checked} onClick={onClick}>
      <ListItemIcon>{checked && <CheckIcon fontSize="small" />}</ListItemIcon>
      <ListItemText>{label}</ListItemText>
    </MenuItem>
  );
}
