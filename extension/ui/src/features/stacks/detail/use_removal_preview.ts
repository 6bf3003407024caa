import { useEffect, useState } from "react";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { RemovalOptions } from "../model/stack_requests.ts";
import { messageOf } from "../parts/use_task.ts";

/** A preview, or the reason why it was not loaded; neither while it is loading. */
export interface LoadedPreview {
  readonly preview?: RemovalPreview | undefined;
  readonly failure?: string | undefined;
}

/** Loads what a removal with the chosen options would delete and keep. */
export function useRemovalPreview(
  { requests }: StackFeed,
  stack: Stack,
  { volumes, keep }: RemovalOptions,
): LoadedPreview {
  const [loaded, setLoaded] = useState<LoadedPreview>({});
  const { stack_id, hostId, name } = stack;
  useEffect(() => {
    const stop = new AbortController();
    setLoaded({});
    requests.removalPreview(stack, { volumes, keep }, stop.signal).then((preview) => {
      if (!stop.signal.aborted) setLoaded({ preview });
    }, (error) => {
      if (!stop.signal.aborted) setLoaded({ failure: messageOf(error) });
    });
    return () => stop.abort();
  }, [requests, stack_id, hostId, name, volumes, keep]);
  return loaded;
}
