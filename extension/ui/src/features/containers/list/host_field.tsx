import { Divider, MenuItem, TextField } from "@mui/material";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { labelsOf } from "../overview/host_labels.ts";
import { LABELS } from "../model/labels.ts";
import type { Filters } from "./use_list_state.ts";

const ALL = "";

/** Props of {@linkcode HostField}. */
export interface HostFieldProps {
  readonly hosts: ReadonlyMap<string, HostReport>;
  readonly host: string | null;
  readonly label: string | null;
  readonly onChange: (filters: Pick<Filters, "host" | "label">) => void;
}

/** Selection of one host, the hosts with a label, or all hosts. */
export default function HostField({ hosts, host, label, onChange }: HostFieldProps) {
  const labels = labelsOf(hosts.values());
  const value = host ?? label ?? ALL;
  return (
    <TextField
      select
      size="small"
      value={hosts.has(value) || labels.includes(value) ? value : ALL}
      onChange={({ target }) => onChange(toFilters(target.value))}
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
      {labels.map((text) => <MenuItem key={text} value={text}>{text}</MenuItem>)}
      {labels.length > 0 && <Divider />}
      {[...hosts.keys()].map((id) => <MenuItem key={id} value={id}>{id}</MenuItem>)}
    </TextField>
  );
}

/** An id of a host has no equals sign, and a label has one. */
function toFilters(value: string): Pick<Filters, "host" | "label"> {
  if (value === ALL) return { host: null, label: null };
  return value.includes("=") ? { host: null, label: value } : { host: value, label: null };
}
