import { useEffect, useState } from "react";
import type { PrunePreview } from "../../../../../server/protocol/resources/prune.ts";
import { useClient } from "../../lib/client.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import { loadUnused } from "./requests.ts";

/** The list of a host, or the reason why it could not be loaded; neither while it is loading. */
export interface Unused {
  readonly preview?: PrunePreview;
  readonly failure?: string;
}

/** Loads what no container of a host uses, again with each round. */
export function useUnused(hostId: string | undefined, round: number): Unused {
  const { transport } = useClient();
  const [unused, setUnused] = useState<Unused>({});
  useEffect(() => {
    setUnused({});
    if (hostId === undefined) return;
    const stop = new AbortController();
    const show = (next: Unused) => stop.signal.aborted || setUnused(next);
    loadUnused(transport, hostId, stop.signal)
      .then((preview) => show({ preview }), (error) => show({ failure: reasonOf(error) }));
    return () => stop.abort();
  }, [transport, hostId, round]);
  return unused;
}
