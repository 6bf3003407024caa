import { Button, Divider, ListItemIcon, ListItemText, ListSubheader, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { CheckIcon, DownIcon } from "../../../components/icons.tsx";
import { mainElement } from "../../../components/main_element.ts";
import { COLUMN_IDS, type ColumnId } from "../model/column_ids.ts";
import { COLUMNS } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";
import type { Preferences } from "../model/preferences.ts";

/** Props of {@linkcode ViewMenu}. */
export interface ViewMenuProps {
  readonly preferences: Preferences;
  readonly onPreferences: (changed: Partial<Preferences>) => void;
}

/** Menu for grouping, density, CPU scale and columns. */
export function ViewMenu({ preferences, onPreferences }: ViewMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { grouped, compact, scale, columns } = preferences;
  const toggle = (id: ColumnId) => onPreferences({ columns: withColumn(columns, id) });
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<DownIcon />}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {LABELS.view}
      </Button>
      <Menu container={mainElement} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Choice
          label={LABELS.groupByProject}
          checked={grouped}
          onClick={() => onPreferences({ grouped: !grouped })}
        />
        <Choice
          label={LABELS.compact}
          checked={compact}
          onClick={() => onPreferences({ compact: !compact })}
        />
        <Choice
          label={LABELS.cpuOfHost}
          checked={scale === "host"}
          onClick={() => onPreferences({ scale: scale === "host" ? "core" : "host" })}
        />
        <Divider />
        <ListSubheader role="presentation" sx={{ fontSize: 11, lineHeight: "24px", bgcolor: "transparent" }}>
          {LABELS.columns}
        </ListSubheader>
        {COLUMN_IDS.filter((id) => id !== "name").map((id) => (
          <Choice
            key={id}
            label={COLUMNS[id].label}
            checked={columns.includes(id)}
            onClick={() => toggle(id)}
          />
        ))}
      </Menu>
    </>
  );
}

function withColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  return COLUMN_IDS.filter((one) => one === id ? !columns.includes(id) : columns.includes(one));
}

interface ChoiceProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onClick: () => void;
}

/** The menu clones its items, and passes focus handling through the remaining props. */
function Choice({ label, checked, onClick, ...rest }: ChoiceProps) {
  return (
    <MenuItem {...rest} dense role="menuitemcheckbox" aria-checked={checked} onClick={onClick}>
      <ListItemIcon>{checked && <CheckIcon fontSize="small" />}</ListItemIcon>
      <ListItemText>{label}</ListItemText>
    </MenuItem>
  );
}
