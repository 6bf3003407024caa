import { Box, MenuItem, TextField, type Theme, useMediaQuery } from "@mui/material";
import type { ReactNode } from "react";
import { HiddenSwitch } from "../../../components/hidden_switch.tsx";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import type { StateFilter } from "../model/arrange.ts";
import { LABELS } from "../model/labels.ts";
import { SearchField } from "./search_field.tsx";
import { StateChips } from "./state_chips.tsx";
import type { Filters } from "./use_list_state.ts";
import { ViewMenu, type ViewMenuProps } from "./view_menu.tsx";

/** Props of {@linkcode ContainersToolbar}. */
export interface ContainersToolbarProps extends ViewMenuProps {
  readonly filters: Filters;
  readonly onFilters: (changed: Partial<Filters>) => void;
  /** Number of containers that each filter by state shows. */
  readonly counts: Readonly<Record<StateFilter, number>>;
  readonly hostIds: readonly string[];
  /** Number of containers with the label that hides them. */
  readonly hidden: number;
  /** Link to the report; an icon on a phone. */
  readonly children?: ReactNode;
}

/** Filters by state, search, and display options of the table. */
export function ContainersToolbar(
  { filters, onFilters, counts, hostIds, hidden, children, ...menu }: ContainersToolbarProps,
) {
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
      <StateChips value={filters.state} counts={counts} onChange={(state) => onFilters({ state })} />
      <HiddenSwitch count={hidden} />
      {!narrow && <Box sx={ROOM}>{children}</Box>}
      <Box
        sx={{
          display: "flex",
          gap: 1,
          alignItems: "center",
          ml: "auto",
          flex: { xs: "1 1 100%", sm: "0 1 auto" },
        }}
      >
        {hostIds.length > 1 && (
          <HostField
            hostIds={hostIds}
            value={filters.host}
            onChange={(host) => onFilters({ host })}
          />
        )}
        <SearchField value={filters.search} onChange={(search) => onFilters({ search })} />
        {narrow && children}
        <ViewMenu {...menu} />
      </Box>
    </Box>
  );
}

const ALL = "";
/** The link shrinks before the toolbar wraps. */
const ROOM = { flex: "1 1 120px", minWidth: 0, display: "flex" } as const;

interface HostFieldProps {
  readonly hostIds: readonly string[];
  readonly value: string | null;
  readonly onChange: (host: string | null) => void;
}

function HostField({ hostIds, value, onChange }: HostFieldProps) {
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
