import { useCallback, useEffect, useState } from "react";
import type { StackFeed } from "../model/stack_feed.ts";

/** Calls whenever the server is there again, as long as something has failed. */
export function useReturn(feed: StackFeed, hasFailed: boolean, onReturn: () => void): void {
  useEffect(() => hasFailed ? feed.openings.subscribe(onReturn) : undefined, [feed, hasFailed, onReturn]);
}

/** A number that grows when something has failed and the server is there again: then it is worth another try. */
export function useRetry(feed: StackFeed, hasFailed: boolean): number {
  const [tries, setTries] = useState(0);
  useReturn(feed, hasFailed, useCallback(() => setTries((before) => before + 1), []));
  return tries;
}
