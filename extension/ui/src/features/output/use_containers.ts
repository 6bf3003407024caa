import { useEffect, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../server/protocol/stats.ts";
import { useClient } from "../../lib/client.ts";

/** A container whose log can be chosen. */
export type KnownContainer = Pick<DetailedStatsMessage, "id" | "hostId" | "name" | "project" | "state">;

/** Returns the containers of all hosts, ordered by name; `undefined` until the server has answered. */
export function useContainers(): readonly KnownContainer[] | undefined {
  const { transport } = useClient();
  const [containers, setContainers] = useState<readonly KnownContainer[]>();
  useEffect(() => {
    const stop = new AbortController();
    transport.ask<readonly KnownContainer[]>("/docker/stats?detail=full", { signal: stop.signal }).then(
      (found) => setContainers(found.toSorted((one, other) => one.name.localeCompare(other.name))),
      () => stop.signal.aborted || setContainers([]),
    );
    return () => stop.abort();
  }, [transport]);
  return containers;
}
