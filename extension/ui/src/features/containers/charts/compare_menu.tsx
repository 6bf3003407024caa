import {
  Box,
  Checkbox,
  ListItemText,
  MenuItem,
  MenuList,
  Popover,
  TextField,
  Typography,
} from "@mui/material";
import { useRef, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { mainElement } from "../../../components/main_element.ts";
import { keyOf } from "../model/container_row.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import { type Comparison, MAX_COMPARED } from "./use_compared.ts";

/** Props of {@linkcode CompareMenu}. */
export interface CompareMenuProps extends Pick<Comparison, "chosen" | "toggle"> {
  readonly feed: StatsFeed;
  /** The container of the page. */
  readonly message: DetailedStatsMessage;
}

/** Number of containers in the list; the search finds the others. */
const MAX_SHOWN = 50;

/** Chooses the containers that share the charts. */
export function CompareMenu({ feed, message, chosen, toggle }: CompareMenuProps) {
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <Box component="span" ref={anchor}>
      <ActionButton label={CHART_LABELS.compare} onClick={() => setOpen(true)} />
      <Popover
        container={mainElement}
        anchorEl={anchor.current}
        open={open}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{ paper: { sx: { width: 320, maxWidth: "calc(100vw - 24px)", p: 1 } } }}
      >
        <Choices feed={feed} message={message} chosen={chosen} toggle={toggle} />
      </Popover>
    </Box>
  );
}

function Choices({ feed, message, chosen, toggle }: CompareMenuProps) {
  const [search, setSearch] = useState("");
  const others = feed.view.value.rows.map(({ newest }) => newest)
    .filter((one) => keyOf(one) !== keyOf(message) && one.name.toLowerCase().includes(search.toLowerCase()))
    .sort((one, other) =>
      nearness(other, message) - nearness(one, message) || one.name.localeCompare(other.name)
    );
  const isFull = chosen.length >= MAX_COMPARED;
  return (
    <>
      <TextField
        autoFocus
        fullWidth
        size="small"
        placeholder={CHART_LABELS.compareSearch}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        slotProps={{ htmlInput: { "aria-label": CHART_LABELS.compareSearch } }}
      />
      <MenuList
        dense
        aria-label={CHART_LABELS.compareWith(message.name)}
        sx={{ maxHeight: 300, overflow: "auto" }}
      >
        {others.slice(0, MAX_SHOWN).map((one) => {
          const isChosen = chosen.includes(keyOf(one));
          return (
            <MenuItem
              key={keyOf(one)}
              role="menuitemcheckbox"
              aria-checked={isChosen}
              disabled={isFull && !isChosen}
              onClick={() => toggle(one)}
              sx={{ py: 0, px: 0.5 }}
            >
              <Checkbox size="small" checked={isChosen} tabIndex={-1} inputProps={{ "aria-hidden": true }} />
              <ListItemText primary={one.name} slotProps={{ primary: { noWrap: true, title: one.name } }} />
            </MenuItem>
          );
        })}
      </MenuList>
      <Typography variant="body2" color="text.secondary" sx={{ px: 0.5 }}>
        {others.length === 0 ? CHART_LABELS.noMatches : CHART_LABELS.compareLimit}
      </Typography>
    </>
  );
}

/** Containers of the same project come first, then running ones. */
function nearness(one: DetailedStatsMessage, { project, hostId }: DetailedStatsMessage): number {
  const isSibling = project !== null && one.project === project && one.hostId === hostId;
  return (isSibling ? 2 : 0) + (one.state === "running" ? 1 : 0);
}
