import { useEffect, useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import type { StackFeed } from "../model/stack_feed.ts";

/** Lines that the steps of builds printed, by the name of the step; the newest of each. */
export type StepLines = ReadonlyMap<string, readonly string[]>;

const NO_LINES: StepLines = new Map();

/**
 * Loads what the steps of an operation printed: repeatedly while it runs, and once more after its end.
 *
 * @param operationId `undefined` for an operation without builds, which loads nothing.
 */
export function useBuildLines(
  feed: StackFeed,
  operationId: number | undefined,
  isRunning: boolean,
): StepLines {
  const [lines, setLines] = useState(NO_LINES);
  const mayRead = useAbout()?.access === "full";
  useEffect(() => setLines(NO_LINES), [operationId]);
  useEffect(() => {
    if (operationId === undefined || !mayRead) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      // A failure leaves the lines as they are: the progress does not depend on them.
      const output = await feed.requests.printed(operationId, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      if (output !== undefined) setLines(new Map(output.steps.map(({ name, lines }) => [name, lines])));
      if (isRunning) timer = setTimeout(load, feed.times.outputMs);
    };
    void load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [feed, operationId, isRunning, mayRead]);
  return lines;
}
