import { Box, Button, IconButton, LinearProgress, Typography } from "@mui/material";
import { CloseIcon } from "../../icons.tsx";
import { LABELS } from "../controls/labels.ts";
import { HitList, type HitListProps } from "./hit_list.tsx";
import { describeScan } from "./labels.ts";
import type { WholeSearch } from "./use_whole_search.ts";

/** Props of {@linkcode SearchPanel}. */
export interface SearchPanelProps extends Pick<HitListProps, "matcher" | "times" | "sources"> {
  readonly search: WholeSearch;
  /** True if the view searches for something. */
  readonly hasQuery: boolean;
}

/** Search of the whole log, with a link from each match to its place. */
export function SearchPanel({ search, hasQuery, matcher, times, sources }: SearchPanelProps) {
  const { state, isCurrent } = search;
  if (state.phase === "idle" && !hasQuery) return null;
  const isRunning = state.phase === "running";
  return (
    <Box role="region" aria-label={LABELS.wholeSearch} sx={PANEL}>
      <Box sx={BAR}>
        <Typography component="span" noWrap role="status" sx={{ fontSize: 12, color: "text.secondary" }}>
          {describeScan(state)}
        </Typography>
        {isRunning && <Action label={LABELS.cancel} onClick={search.cancel} />}
        {!isRunning && hasQuery && !isCurrent && <Action label={LABELS.searchWhole} onClick={search.start} />}
        {state.hasMore && !isRunning && isCurrent && (
          <Action label={LABELS.searchMore} onClick={search.more} />
        )}
        {state.phase !== "idle" && (
          <IconButton
            size="small"
            aria-label={LABELS.closeSearch}
            title={LABELS.closeSearch}
            onClick={search.close}
            sx={{ ml: "auto", p: 0.25 }}
          >
            <CloseIcon sx={{ fontSize: 16 }} />
          </IconButton>
        )}
      </Box>
      {isRunning && <LinearProgress aria-label={LABELS.searching} sx={{ height: 2 }} />}
      {state.error !== undefined && (
        <Typography role="alert" sx={{ px: 1.5, py: 0.25, fontSize: 12, color: "error.main" }}>
          {state.error}
        </Typography>
      )}
      {state.hits.length > 0 && (
        <HitList
          hits={state.hits}
          at={search.at}
          matcher={matcher}
          times={times}
          sources={sources}
          onOpen={search.open}
        />
      )}
    </Box>
  );
}

function Action({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="small" onClick={onClick} sx={{ py: 0, minHeight: 22, fontSize: 12, whiteSpace: "nowrap" }}>
      {label}
    </Button>
  );
}

const PANEL = { flexShrink: 0, borderBottom: 1, borderColor: "divider" } as const;
const BAR = { display: "flex", alignItems: "center", gap: 1, minHeight: 26, px: 1.5 } as const;
