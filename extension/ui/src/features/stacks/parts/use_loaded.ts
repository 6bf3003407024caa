import { useEffect, useState } from "react";
import type { StackFeed } from "../model/stack_feed.ts";
import { useRetry } from "./use_retry.ts";
import { messageOf } from "./use_task.ts";

/** A loaded value, or the reason why it was not loaded; neither while it is loading for the first time. */
export interface Loaded<T> {
  readonly value?: T;
  readonly failure?: string;
}

/** Loads a value, again when the key changes, and after a failure when the server is back. */
export function useLoaded<T>(
  feed: StackFeed,
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  const tries = useRetry(feed, loaded.failure !== undefined);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then((value) => {
      if (!stop.signal.aborted) setLoaded({ value });
    }, (error) => {
      if (!stop.signal.aborted) setLoaded({ failure: messageOf(error) });
    });
    return () => stop.abort();
  }, [feed, key, tries]);
  return loaded;
}
