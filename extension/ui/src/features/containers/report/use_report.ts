import { useCallback, useEffect, useState } from "react";
import type { Report } from "../../../../../../server/protocol/past/report.ts";
import { useClient, useMayView } from "../../../lib/client.ts";
import { reasonOf } from "../../../lib/transport/transport.ts";

/** Ranges by their name in the address. */
export const REPORT_RANGES = ["12h", "24h", "7d"] as const;
/** One of {@linkcode REPORT_RANGES}. */
export type ReportRange = typeof REPORT_RANGES[number];

/** Time between two requests, ms. */
const REFRESH_MS = 300_000;
/** Time until a failed request is repeated, ms. */
const RETRY_MS = 30_000;

/** The newest report, or the reason why it was not loaded. */
export interface LoadedReport {
  readonly report?: Report;
  readonly failure?: string;
  /** Requests it again. */
  readonly reload: () => void;
}

/**
 * Requests the report of a range, and again every five minutes.
 *
 * @param delayMs Time before the first request, ms, since the first rows come first.
 */
export function useReport(range: ReportRange, delayMs = 0): LoadedReport {
  const { transport } = useClient();
  const [state, setState] = useState<Omit<LoadedReport, "reload"> & { readonly range: ReportRange }>();
  const [tries, setTries] = useState(0);
  const mayView = useMayView();
  useEffect(() => {
    if (!mayView) return;
    const stop = new AbortController();
    let timer = setTimeout(request, delayMs);
    async function request() {
      const next = await transport.ask<Report>(`/report?since=${range}`, { signal: stop.signal })
        .then((report) => ({ report }), (error) => ({ failure: reasonOf(error) }));
      if (stop.signal.aborted) return;
      setState({ range, ...next });
      timer = setTimeout(request, "report" in next ? REFRESH_MS : RETRY_MS);
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [transport, mayView, range, delayMs, tries]);
  const reload = useCallback(() => setTries((before) => before + 1), []);
  const { report, failure } = state?.range === range ? state : {};
  return { reload, ...report !== undefined && { report }, ...failure !== undefined && { failure } };
}
