import { Box, Dialog, InputBase } from "@mui/material";
import { type KeyboardEvent, type MutableRefObject, useEffect, useId, useMemo, useState } from "react";
import { COLORS } from "../../components/design/tokens.ts";
import { mainElement } from "../../components/main_element.ts";
import type { StatsFeed } from "../../features/containers/model/stats_feed.ts";
import type { StackFeed } from "../../features/stacks/model/stack_feed.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { PALETTE } from "./labels_palette.ts";
import { containerEntry, type Entry, findEntries, hostEntry, stackEntry } from "./palette_entries.ts";

/** Props of {@linkcode Palette}. */
export interface PaletteProps {
  readonly stats: StatsFeed;
  readonly stacks: StackFeed;
  /** Entries of the views. */
  readonly pages: readonly Entry[];
  /** Text typed before the palette was loaded. */
  readonly typed?: MutableRefObject<string>;
  readonly onClose: () => void;
}

/** Field that finds containers, stacks, hosts and pages by their name. */
export default function Palette(props: PaletteProps) {
  const { typed } = props;
  const [query, setQuery] = useState(typed?.current ?? "");
  useEffect(() => {
    if (typed !== undefined) typed.current = "";
  }, [typed]);
  const [at, setAt] = useState(0);
  const list = useId();
  const entries = useEntries(props);
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  const current = Math.min(at, found.length - 1);
  const open = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    props.onClose();
    location.hash = entry.href;
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((current + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") open(found[current]);
    else return;
    event.preventDefault();
  };
  const change = (text: string) => {
    setQuery(text);
    setAt(0);
  };
  const active = found.length > 0 ? `${list}-${current}` : undefined;
  return (
    <Dialog {...FRAME} open onClose={props.onClose}>
      <InputBase
        autoFocus
        value={query}
        placeholder={PALETTE.open}
        onChange={({ target }) => change(target.value)}
        onKeyDown={press}
        sx={FIELD}
        inputProps={{
          role: "combobox",
          "aria-label": PALETTE.title,
          "aria-expanded": true,
          "aria-controls": list,
          "aria-activedescendant": active,
        }}
      />
      <Results id={list} found={found} current={current} onOpen={open} onPoint={setAt} />
    </Dialog>
  );
}

function useEntries({ stats, stacks, pages }: PaletteProps): readonly Entry[] {
  const { rows } = useObservable(stats.view);
  const { stacks: known } = useObservable(stacks.list);
  const hosts = useObservable(stats.hosts);
  return useMemo(() => {
    const severalHosts = (hosts?.size ?? 0) > 1;
    return [
      ...pages,
      ...severalHosts ? [...hosts?.keys() ?? []].map(hostEntry) : [],
      ...known.map(stackEntry),
      ...rows.map(({ newest }) => containerEntry(newest, severalHosts)),
    ];
  }, [rows, known, pages, hosts]);
}

interface ResultsProps {
  readonly id: string;
  readonly found: readonly Entry[];
  readonly current: number;
  readonly onOpen: (entry: Entry) => void;
  readonly onPoint: (index: number) => void;
}

function Results({ id, found, current, onOpen, onPoint }: ResultsProps) {
  if (found.length === 0) {
    return <Box role="status" sx={{ p: 2, color: COLORS.inkQuiet }}>{PALETTE.nothing}</Box>;
  }
  return (
    <Box role="listbox" id={id} aria-label={PALETTE.results} sx={LIST}>
      {found.map((entry, index) => (
        <Box
          key={entry.href}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === current}
          onClick={() => onOpen(entry)}
          onPointerMove={() => onPoint(index)}
        >
          <span>{entry.name}</span>
          <small>{[entry.place, PALETTE.kinds[entry.kind]].filter((text) => text !== "").join(" · ")}</small>
        </Box>
      ))}
    </Box>
  );
}

const FRAME = {
  container: mainElement,
  fullWidth: true,
  maxWidth: "sm",
  PaperProps: { "aria-label": PALETTE.title },
  sx: { "& .MuiDialog-container": { alignItems: "flex-start" } },
} as const;
const FIELD = { px: 2, height: 44, fontSize: 14, borderBottom: `1px solid ${COLORS.line}` } as const;
const LIST = {
  p: 0.5,
  overflowY: "auto",
  "& [role=option]": {
    display: "flex",
    gap: 2,
    alignItems: "center",
    minHeight: { xs: 44, sm: 32 },
    px: 1.5,
    borderRadius: "6px",
    cursor: "pointer",
    "& span": { flexGrow: 1, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
    "& small": { color: COLORS.inkMuted, fontSize: 11, whiteSpace: "nowrap" },
    "&[aria-selected=true]": { bgcolor: COLORS.hover },
  },
} as const;
