import {
  FormControlLabel,
  MenuItem,
  Stack,
  Switch,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from "@mui/material";
import { IN_PLACE } from "../../../components/in_place.ts";
import { type CpuScale, STATE_FILTERS, type StateFilter } from "../model/arrange.ts";
import { ColumnMenu } from "./column_menu.tsx";
import type { Preferences } from "../model/preferences.ts";
import { SearchField } from "./search_field.tsx";

/** What is looked for, for now. */
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

const STATE_WORDS: Readonly<Record<StateFilter, string>> = {
  all: "In any state",
  running: "Running",
  stopped: "Not running",
  unhealthy: "In trouble",
};

/** Search, filters, and how the table is to look. */
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
        label="State"
        value={filters.state}
        onChange={({ target }) => onFilters({ state: target.value as StateFilter })}
        sx={{ minWidth: 130 }}
        slotProps={IN_PLACE}
      >
        {STATE_FILTERS.map((state) => <MenuItem key={state} value={state}>{STATE_WORDS[state]}</MenuItem>)}
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
        label="Group by project"
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
      label="Host"
      value={value ?? ALL}
      onChange={({ target }) => onChange(target.value === ALL ? null : target.value)}
      sx={{ minWidth: 120 }}
      slotProps={{ select: { ...IN_PLACE.select, displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value={ALL}>All hosts</MenuItem>
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
      aria-label="What 100 % of CPU means"
      onChange={(_, chosen: CpuScale | null) => chosen && onScale(chosen)}
    >
      <ToggleButton value="core" sx={{ py: 0.25 }}>CPU % of one core</ToggleButton>
      <ToggleButton value="host" sx={{ py: 0.25 }}>% of the host</ToggleButton>
    </ToggleButtonGroup>
  );
}
