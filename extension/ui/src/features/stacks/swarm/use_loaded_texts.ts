import { useCallback, useEffect, useState } from "react";
import type { SwarmStackTexts } from "../../../../../../server/protocol/swarm/swarm.ts";
import { reasonOf, type Transport } from "../../../lib/transport/transport.ts";
import { loadTexts, type SwarmPlace } from "./requests.ts";

/** Texts of a stack, loaded for each version that is chosen. */
export interface LoadedTexts {
  readonly texts: SwarmStackTexts | undefined;
  readonly failure: string | undefined;
  /** Loads the texts again. */
  readonly reload: () => void;
}

/** Loads the texts of a version, or the newest ones. */
export function useLoadedTexts(
  transport: Transport,
  { hostId, name }: SwarmPlace,
  version: number | undefined,
): LoadedTexts {
  const [round, setRound] = useState(0);
  const [{ texts, failure }, setLoaded] = useState<Omit<LoadedTexts, "reload">>(
    { texts: undefined, failure: undefined },
  );
  useEffect(() => {
    const stop = new AbortController();
    const set = (loaded: Partial<LoadedTexts>) =>
      stop.signal.aborted || setLoaded({ texts: undefined, failure: undefined, ...loaded });
    loadTexts(transport, { hostId, name }, version, stop.signal)
      .then((texts) => set({ texts }), (error) => set({ failure: reasonOf(error) }));
    return () => stop.abort();
  }, [transport, hostId, name, version, round]);
  const isOther = version !== undefined && texts !== undefined && texts.version !== version;
  const reload = useCallback(() => setRound((last) => last + 1), []);
  return { texts: isOther ? undefined : texts, failure, reload };
}
