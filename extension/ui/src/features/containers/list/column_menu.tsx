import { Button, ListItemIcon, ListItemText, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { mainElement } from "../../../components/main_element.ts";
import { CheckIcon } from "../../../components/icons.tsx";
import { COLUMN_IDS, type ColumnId } from "../model/column_ids.ts";
import { COLUMNS } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";

/** Menu for the columns of the table. */
export function ColumnMenu(
  { columns, onColumns }: {
    readonly columns: readonly ColumnId[];
    readonly onColumns: (columns: readonly ColumnId[]) => void;
  },
) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const toggle = (id: ColumnId) =>
    onColumns(COLUMN_IDS.filter((one) => one === id ? !columns.includes(id) : columns.includes(one)));
  return (
    <>
      <Button
        size="small"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {LABELS.columns}
      </Button>
      <Menu container={mainElement} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {COLUMN_IDS.filter((id) => id !== "name").map((id) => (
          <MenuItem
            key={id}
            dense
            role="menuitemcheckbox"
            aria-checked={columns.includes(id)}
            onClick={() => toggle(id)}
          >
            <ListItemIcon>{columns.includes(id) && <CheckIcon fontSize="small" />}</ListItemIcon>
            <ListItemText>{COLUMNS[id].label}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
