import { Box, LinearProgress } from "@mui/material";
import type { LogPaging } from "../../lib/lines/log_paging.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS, pagingFailed } from "./controls/labels.ts";

/** Props of {@linkcode LogTop} and {@linkcode PagingNotice}. */
export interface LogTopProps {
  readonly paging: LogPaging;
}

/** State of the lines before the first one: loading, to be loaded, or none. */
export function LogTop({ paging }: LogTopProps) {
  const { busy, atStart } = useObservable(paging.state);
  if (atStart) return LABELS.start;
  if (busy === "older") return `${LABELS.loadingOlder}…`;
  return <button type="button" onClick={() => paging.older()}>{LABELS.loadOlder}</button>;
}

/** Progress of a jump, and the reason why the last request for other lines failed. */
export function PagingNotice({ paging }: LogTopProps) {
  const { busy, error } = useObservable(paging.state);
  if (busy === "jump") {
    return <LinearProgress aria-label={LABELS.loading} sx={{ height: 2, flexShrink: 0 }} />;
  }
  if (error === undefined) return null;
  return (
    <Box role="alert" sx={{ flexShrink: 0, px: 1.5, py: 0.5, fontSize: 12, color: "error.main" }}>
      {pagingFailed(error)}
    </Box>
  );
}
