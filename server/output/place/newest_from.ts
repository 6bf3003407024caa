/** Opens the newest lines of an output, and learns the places of those that are read. */
import type { OutputLine } from "../../docker/demux.ts";
import { parseMoment } from "../../moment.ts";
import type { OutputSource } from "../frame.ts";
import { newestLines } from "../newest_lines.ts";
import type { TimeIndex } from "./time_index.ts";

/** Lines that are being read. */
export interface NewestFrom {
  readonly batches: AsyncIterable<readonly OutputLine[]>;
  /** Timestamp of the first line. */
  readonly first: string;
  /** Time of the first line, epoch ns. */
  readonly ns: bigint;
  readonly close: () => Promise<unknown>;
}

/**
 * Opens a number of newest lines; `undefined` if the engine does not find them.
 *
 * @param index Receives the places of the lines that are read.
 */
export async function openNewest(
  source: OutputSource,
  lines: number,
  index: TimeIndex,
  signal: AbortSignal,
): Promise<NewestFrom | undefined> {
  const batches = newestLines(source, { tail: lines }, signal);
  const { value: batch } = await batches.next();
  const first = batch?.[0]?.timestamp ?? "";
  const ns = parseMoment(first);
  if (batch === undefined || ns === undefined) {
    await batches.return(undefined);
    return undefined;
  }
  index.add(ns, lines);
  const all = async function* () {
    try {
      yield batch;
      let left = lines - batch.length;
      for await (const more of batches) {
        const at = parseMoment(more[0]?.timestamp ?? "");
        if (at !== undefined && left > 0) index.add(at, left);
        left -= more.length;
        yield more;
      }
    } finally {
      await batches.return(undefined);
    }
  };
  return { batches: all(), first, ns, close: () => batches.return(undefined) };
}
