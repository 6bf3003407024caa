import { Box, type Theme, useMediaQuery } from "@mui/material";
import { lazy, type ReactNode, Suspense } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { HiddenSwitch } from "../../../components/hidden_switch.tsx";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import type { StateFilter } from "../model/arrange.ts";
import { SearchField } from "./search_field.tsx";
import { StateChips } from "./state_chips.tsx";
import type { Filters } from "./use_list_state.ts";
import { ViewMenu } from "./view_menu.tsx";
import type { ViewMenuProps } from "./view_menu_list.tsx";

/** Only pages with several hosts need it. */
const HostField = lazy(() => loadWithRetry(() => import("./host_field.tsx")));

/** Props of {@linkcode ContainersToolbar}. */
export interface ContainersToolbarProps extends ViewMenuProps {
  readonly filters: Filters;
  readonly onFilters: (changed: Partial<Filters>) => void;
  /** Number of containers that each filter by state shows. */
  readonly counts: Readonly<Record<StateFilter, number>>;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  /** Number of containers with the label that hides them. */
  readonly hidden: number;
  /** Link to the report; an icon on a phone. */
  readonly children?: ReactNode;
}

/** Filters by state, search, and display options of the table. */
export function ContainersToolbar(
  { filters, onFilters, counts, hosts, hidden, children, ...menu }: ContainersToolbarProps,
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
        {hosts !== undefined && hosts.size > 1 && (
          <Suspense>
            <HostField hosts={hosts} host={filters.host} label={filters.label} onChange={onFilters} />
          </Suspense>
        )}
        <SearchField value={filters.search} onChange={(search) => onFilters({ search })} />
        {narrow && children}
        <ViewMenu {...menu} />
      </Box>
    </Box>
  );
}

/** The link shrinks before the toolbar wraps. */
const ROOM = { flex: "1 1 120px", minWidth: 0, display: "flex" } as const;
