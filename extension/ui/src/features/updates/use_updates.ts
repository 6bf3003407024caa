import { useCallback, useEffect, useState } from "react";
import type { ImageUpdate, ImageUpdates } from "../../../../../server/protocol/images/updates.ts";
import { useAbout, useClient } from "../../lib/client.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import { LABELS } from "./labels.ts";

/** Images, and the state of a check. */
export interface UpdatesState {
  /** `undefined` until they are loaded. */
  readonly updates: readonly ImageUpdate[] | undefined;
  readonly checking: boolean;
  /** Sentence about the last failure. */
  readonly failure: string | undefined;
  /** Asks the registries, and loads the images afterwards. */
  readonly check: () => void;
}

type Loaded = Omit<UpdatesState, "check">;

/** Loads the images for a client with the token. */
export function useUpdates(): UpdatesState {
  const { transport } = useClient();
  const mayRead = useAbout()?.access === "full";
  const [state, setState] = useState<Loaded>({ updates: undefined, checking: false, failure: undefined });
  useEffect(() => {
    if (!mayRead) return;
    let isOpen = true;
    transport.ask<ImageUpdates>("/updates").then(
      ({ updates, checking }) => isOpen && setState({ updates, checking, failure: undefined }),
      (error) => isOpen && setState((last) => ({ ...last, failure: LABELS.notLoaded(reasonOf(error)) })),
    );
    return () => void (isOpen = false);
  }, [transport, mayRead]);
  const check = useCallback(() => {
    setState((last) => ({ ...last, checking: true, failure: undefined }));
    transport.ask<ImageUpdates>("/updates/check?wait=1", { method: "POST" }).then(
      ({ updates }) => setState({ updates, checking: false, failure: undefined }),
      (error) =>
        setState((last) => ({ ...last, checking: false, failure: LABELS.notChecked(reasonOf(error)) })),
    );
  }, [transport]);
  return { ...state, check };
}
