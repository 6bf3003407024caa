import { Box, MenuItem, TextField } from "@mui/material";
import { Chips } from "../../components/design/chips.ts";
import { Tabs } from "../../components/design/tabs.ts";
import { MENU_IN_MAIN } from "../../components/main_element.ts";
import { hrefTo } from "../../lib/route.ts";
import { KIND_VIEWS, type KindView, LABELS, VIEW_LABELS } from "./labels.ts";
import { type Use, USES } from "./resource_row.ts";

/** Links to the three views. */
export function ViewTabs({ view }: { readonly view: KindView }) {
  return (
    <Tabs aria-label={LABELS.views}>
      {KIND_VIEWS.map((one) => (
        <a key={one} href={hrefTo("resources", one)} aria-current={one === view ? "page" : undefined}>
          {VIEW_LABELS[one]}
        </a>
      ))}
    </Tabs>
  );
}

/** Props of {@linkcode Toolbar}. */
export interface ToolbarProps {
  readonly use: Use;
  /** Number of items that each choice shows. */
  readonly counts: Readonly<Record<Use, number>>;
  readonly onUse: (use: Use) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly hostIds: readonly string[];
  readonly host: string | null;
  readonly onHost: (host: string | null) => void;
}

/** Filters of a list. */
export function Toolbar({ use, counts, onUse, search, onSearch, hostIds, host, onHost }: ToolbarProps) {
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
      <Chips role="group" aria-label={LABELS.filters}>
        {USES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === use}
            onClick={() => onUse(one)}
          >
            {LABELS.filter[one]} <span className="count">{counts[one]}</span>
          </button>
        ))}
      </Chips>
      <Box sx={{ display: "flex", gap: 1, ml: "auto", flex: { xs: "1 1 100%", sm: "0 1 auto" } }}>
        {hostIds.length > 1 && <HostChoice hostIds={hostIds} value={host} onChange={onHost} all />}
        <TextField
          type="search"
          size="small"
          placeholder={LABELS.searchHint}
          slotProps={{ htmlInput: { "aria-label": LABELS.search } }}
          value={search}
          onChange={({ target }) => onSearch(target.value)}
          sx={{ width: { xs: "100%", sm: 240 } }}
        />
      </Box>
    </Box>
  );
}

/** Props of {@linkcode HostChoice}. */
export interface HostChoiceProps {
  readonly hostIds: readonly string[];
  readonly value: string | null;
  readonly onChange: (hostId: string | null) => void;
  /** Offers all hosts together. */
  readonly all?: boolean;
}

/** Choice of a host. */
export function HostChoice({ hostIds, value, onChange, all = false }: HostChoiceProps) {
  return (
    <TextField
      select
      size="small"
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
      sx={{ minWidth: 130 }}
      slotProps={{
        select: {
          ...MENU_IN_MAIN.select,
          displayEmpty: true,
          SelectDisplayProps: { "aria-label": LABELS.host },
        },
      }}
    >
      {all && <MenuItem value="">{LABELS.allHosts}</MenuItem>}
      {hostIds.map((hostId) => <MenuItem key={hostId} value={hostId}>{hostId}</MenuItem>)}
    </TextField>
  );
}
