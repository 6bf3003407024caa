import { useEffect, useState } from "react";
import type { TerminalFacts } from "../../../../../../server/protocol/terminal/frames.ts";
import { useAbout, useClient, useObstacle } from "../../../lib/client.ts";
import { reasonOf } from "../../../lib/transport/transport.ts";
import type { ContainerTarget } from "../model/container_requests.ts";
import { TERMINAL_LABELS } from "./labels.ts";

/** Facts for a terminal, or the reason why there is no terminal. */
export interface LoadedFacts {
  readonly facts?: TerminalFacts;
  readonly obstacle?: string;
}

/** Returns the path of the terminal of a container. */
export function terminalPath({ hostId, id }: ContainerTarget): string {
  return `/containers/${encodeURIComponent(hostId)}/${id}/terminal`;
}

/**
 * Asks the server whether a terminal can be opened; nothing runs in the container.
 *
 * @param state State of the container; the server is asked again when it changes.
 */
export function useTerminalFacts(target: ContainerTarget, state: string): LoadedFacts {
  const { transport } = useClient();
  const about = useAbout();
  const own = useObstacle() ?? (about?.simulated ? TERMINAL_LABELS.simulated : undefined);
  const [loaded, setLoaded] = useState<LoadedFacts>({});
  const path = terminalPath(target);
  useEffect(() => {
    if (about === undefined || own !== undefined) return;
    const stop = new AbortController();
    transport.ask<TerminalFacts>(path, { signal: stop.signal }).then(
      (facts) => stop.signal.aborted || setLoaded({ facts }),
      (error) => stop.signal.aborted || setLoaded({ obstacle: reasonOf(error) }),
    );
    return () => stop.abort();
  }, [transport, about, own, path, state]);
  return own === undefined ? loaded : { obstacle: own };
}
