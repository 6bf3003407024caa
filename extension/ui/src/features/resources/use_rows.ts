import { useCallback, useEffect, useState } from "react";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import { useClient } from "../../lib/client.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import type { KindView } from "./labels.ts";
import { loadRows } from "./requests.ts";
import type { ResourceRow } from "./resource_row.ts";

/** Interval between requests while an engine measures sizes, ms. */
const MEASURING_MS = 4000;

/** The list of one host, or the reason why it could not be loaded. */
export interface HostRows {
  readonly hostId: string;
  readonly rows: readonly ResourceRow[];
  readonly failure: string | undefined;
}

/** The lists of all hosts. */
export interface LoadedRows {
  /** `undefined` until all hosts have answered once. */
  readonly lists: readonly HostRows[] | undefined;
  readonly hostIds: readonly string[];
  readonly reload: () => void;
}

interface Loaded {
  readonly view: KindView;
  readonly lists: readonly HostRows[];
}

/** Loads a view of all hosts, and again while an engine measures sizes. Does nothing unless it is enabled. */
export function useRows(view: KindView, enabled: boolean): LoadedRows {
  const { transport } = useClient();
  const [loaded, setLoaded] = useState<Loaded>();
  const [hostIds, setHostIds] = useState<readonly string[]>([]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    const load = async () => {
      const hosts = await transport.ask<HostReport[]>("/docker/hosts", { signal: stop.signal });
      const ids = hosts.map(({ hostId }) => hostId);
      const lists = await Promise.all(ids.map((hostId) => ofHost(hostId)));
      if (stop.signal.aborted) return;
      setHostIds(ids);
      setLoaded({ view, lists });
    };
    const ofHost = async (hostId: string): Promise<HostRows> => {
      try {
        return { hostId, rows: await loadRows(transport, view, hostId, stop.signal), failure: undefined };
      } catch (error) {
        return { hostId, rows: [], failure: reasonOf(error) };
      }
    };
    load().catch((error) => {
      if (!stop.signal.aborted) {
        setLoaded({ view, lists: [{ hostId: "", rows: [], failure: reasonOf(error) }] });
      }
    });
    return () => stop.abort();
  }, [transport, view, enabled, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const lists = loaded?.view === view ? loaded.lists : undefined;
  useMeasuring(lists, reload);
  return { lists, hostIds, reload };
}

/** Loads again while an engine measures. */
function useMeasuring(lists: readonly HostRows[] | undefined, reload: () => void): void {
  const isMeasuring = lists?.some(({ rows }) => rows.some(isPending)) ?? false;
  useEffect(() => {
    if (!isMeasuring) return;
    const timer = setTimeout(reload, MEASURING_MS);
    return () => clearTimeout(timer);
  }, [lists, isMeasuring, reload]);
}

/** Reports whether a size is missing because the engine is still measuring. */
export function isPending({ sizeReason }: ResourceRow): boolean {
  return sizeReason?.startsWith("Measuring") ?? false;
}
