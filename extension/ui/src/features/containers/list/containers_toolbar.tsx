import {
  FormControlLabel,
  MenuItem,
  Stack,
  Switch,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from "@mui/material";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { type CpuScale, STATE_FILTERS, type StateFilter } from "../model/arrange.ts";
import { ColumnMenu } from "./column_menu.tsx";
import { LABELS, STATE_FILTER_LABELS } from "../model/labels.ts";
import type { Preferences } from "../model/preferences.ts";
import { SearchField } from "./search_field.tsx";

/** Filters that are not stored. */
export interface Filters {
  readonly search: string;
  readonly state: StateFilter;
  /** `null` for all hosts. */
  readonly host: string | null;
}

/** Props of {@linkcode ContainersToolbar}. */
export interface ContainersToolbarProps {
  readonly filters: Filters;
  readonly onFilters: (changed: Partial<Filters>) => void;
  readonly preferences: Preferences;
  readonly onPreferences: (changed: Partial<Preferences>) => void;
  readonly hostIds: readonly string[];
}

/** Search, filters and display options of the table. */
export function ContainersToolbar(
  { filters, onFilters, preferences, onPreferences, hostIds }: ContainersToolbarProps,
) {
  const { grouped, scale, columns } = preferences;
  return (
    <Stack
      direction="row"
      spacing={1.5}
      useFlexGap
      sx={{ px: 2, py: 1, alignItems: "center", flexWrap: "wrap" }}
    >
      <SearchField value={filters.search} onChange={(search) => onFilters({ search })} />
      <TextField
        select
        size="small"
        label={LABELS.state}
        value={filters.state}
        onChange={({ target }) => onFilters({ state: target.value as StateFilter })}
        sx={{ minWidth: 130 }}
        slotProps={MENU_IN_MAIN}
      >
        {STATE_FILTERS.map((state) => (
          <MenuItem key={state} value={state}>{STATE_FILTER_LABELS[state]}</MenuItem>
        ))}
      </TextField>
      {hostIds.length > 1 && (
        <HostField
          hostIds={hostIds}
          value={filters.host}
          onChange={(host) => onFilters({ host })}
        />
      )}
      <FormControlLabel
        control={
          <Switch
            size="small"
            checked={grouped}
            onChange={(_, on) => onPreferences({ grouped: on })}
          />
        }
        label={LABELS.groupByProject}
      />
      <ScaleSwitch scale={scale} onScale={(chosen) => onPreferences({ scale: chosen })} />
      <ColumnMenu columns={columns} onColumns={(chosen) => onPreferences({ columns: chosen })} />
    </Stack>
  );
}

const ALL = "";

function HostField(
  { hostIds, value, onChange }: {
    readonly hostIds: readonly string[];
    readonly value: string | null;
    readonly onChange: (host: string | null) => void;
  },
) {
  return (
    <TextField
      select
      size="small"
      label={LABELS.host}
      value={value ?? ALL}
      onChange={({ target }) => onChange(target.value === ALL ? null : target.value)}
      sx={{ minWidth: 120 }}
      slotProps={{ select: { ...MENU_IN_MAIN.select, displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value={ALL}>{LABELS.allHosts}</MenuItem>
      {hostIds.map((id) => <MenuItem key={id} value={id}>{id}</MenuItem>)}
    </TextField>
  );
}

function ScaleSwitch(
  { scale, onScale }: { readonly scale: CpuScale; readonly onScale: (scale: CpuScale) => void },
) {
  return (
    <ToggleButtonGroup
      size="small"
      exclusive
      value={scale}
      aria-label={LABELS.scale}
      onChange={(_, chosen: CpuScale | null) => chosen && onScale(chosen)}
    >
      <ToggleButton value="core" sx={{ py: 0.25 }}>{LABELS.scaleCore}</ToggleButton>
      <ToggleButton value="host" sx={{ py: 0.25 }}>{LABELS.scaleHost}</ToggleButton>
    </ToggleButtonGroup>
  );
}
