import { useEffect, useState } from "react";
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { useAbout, useClient } from "../../../lib/client.ts";
import { reasonOf } from "../../../lib/transport/transport.ts";
import { type ContainerTarget, loadDetails } from "../model/container_requests.ts";

/** Details of a container, or the reason why they are missing. */
export interface LoadedDetails {
  readonly details?: ContainerDetails;
  readonly failure?: string;
}

/**
 * Loads the details of a container for a client with the token.
 *
 * @param revision Any text; the details are loaded again when it changes. `undefined` keeps the last ones, since a
 * removed container has no details.
 */
export function useDetails(
  target: ContainerTarget,
  secrets: boolean,
  revision: string | undefined,
): LoadedDetails {
  const { transport } = useClient();
  const about = useAbout();
  // Simulated containers have no details.
  const mayRead = about?.access === "full" && !about.simulated;
  const [loaded, setLoaded] = useState<LoadedDetails>({});
  const { hostId, id } = target;
  useEffect(() => {
    if (!mayRead) return setLoaded({});
    if (revision === undefined) return;
    const stop = new AbortController();
    loadDetails(transport, target, { secrets, signal: stop.signal }).then(
      (details) => stop.signal.aborted || setLoaded({ details }),
      // The last details stay, since a host may be silent for a moment.
      (error) => stop.signal.aborted || setLoaded((last) => ({ ...last, failure: reasonOf(error) })),
    );
    return () => stop.abort();
  }, [transport, mayRead, hostId, id, secrets, revision]);
  return loaded;
}
