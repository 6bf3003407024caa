/** Selects lines of a container's log as Docker does. */
import type { OutputLine } from "../../server/docker/demux.ts";
import type { OutputRequest } from "../../server/docker/engine.ts";
import { parseMoment } from "../../server/moment.ts";

/** Returns the predicate of lines from the start of a request on. */
export function isSince({ sinceNs = 0n }: OutputRequest): (line: OutputLine) => boolean {
  return ({ timestamp }) => (parseMoment(timestamp) ?? 0n) >= sinceNs;
}

/** Returns the lines that exist. The newest are counted first, and the first line after the end stops the reading. */
export function readOnce(written: readonly OutputLine[], request: OutputRequest): readonly OutputLine[] {
  const { tail, untilNs } = request;
  const lines = written.slice(tail === undefined ? 0 : -tail).filter(isSince(request));
  const end = lines.findIndex(({ timestamp }) => untilNs !== undefined && parseMoment(timestamp)! > untilNs);
  return end < 0 ? lines : lines.slice(0, end);
}
