import type { LogPaging } from "../../lib/lines/log_paging.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS, pagingFailed } from "./controls/labels.ts";

/** State of the lines before the first one: loading, failed, to be loaded, or none. */
export function LogTop({ paging }: { readonly paging: LogPaging }) {
  const { busy, atStart, error } = useObservable(paging.state);
  if (atStart) return LABELS.start;
  if (busy === "older") return `${LABELS.loadingOlder}…`;
  return (
    <>
      {error !== undefined && <span>{pagingFailed(error)}</span>}
      <button type="button" onClick={() => paging.older()}>{LABELS.loadOlder}</button>
    </>
  );
}
