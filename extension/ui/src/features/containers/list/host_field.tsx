import { MenuItem, TextField } from "@mui/material";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { LABELS } from "../model/labels.ts";

const ALL = "";

/** Props of {@linkcode HostField}. */
export interface HostFieldProps {
  readonly hostIds: readonly string[];
  readonly value: string | null;
  readonly onChange: (host: string | null) => void;
}

/** Selection of one host or all hosts. */
export default function HostField({ hostIds, value, onChange }: HostFieldProps) {
  return (
    <TextField
      select
      size="small"
      value={value !== null && hostIds.includes(value) ? value : ALL}
      onChange={({ target }) => onChange(target.value === ALL ? null : target.value)}
      sx={{ minWidth: 110 }}
      slotProps={{
        select: {
          ...MENU_IN_MAIN.select,
          displayEmpty: true,
          SelectDisplayProps: { "aria-label": LABELS.host },
        },
      }}
    >
      <MenuItem value={ALL}>{LABELS.allHosts}</MenuItem>
      {hostIds.map((id) => <MenuItem key={id} value={id}>{id}</MenuItem>)}
    </TextField>
  );
}
