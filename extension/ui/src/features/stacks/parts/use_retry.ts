import { useCallback, useEffect, useState } from "react";
import type { StackFeed } from "../model/stack_feed.ts";

/** Calls `onReturn` at each reconnection to the server while `hasFailed` is true. */
export function useReturn(feed: StackFeed, hasFailed: boolean, onReturn: () => void): void {
  useEffect(() => hasFailed ? feed.openings.subscribe(onReturn) : undefined, [feed, hasFailed, onReturn]);
}

/** Counts the reconnections after a failure; effects that depend on the number then retry. */
export function useRetry(feed: StackFeed, hasFailed: boolean): number {
  const [tries, setTries] = useState(0);
  useReturn(feed, hasFailed, useCallback(() => setTries((before) => before + 1), []));
  return tries;
}
