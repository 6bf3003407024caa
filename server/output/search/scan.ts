/** Search of whole outputs: reads them once, oldest line first. */
import type { OutputLine } from "../../docker/demux.ts";
import { AppError } from "../../errors.ts";
import { formatMoment, parseMoment } from "../../moment.ts";
import { compareCursors, type Cursor, cursorKey, placeIn } from "../cursor.ts";
import { type LineCriteria, LineFilter } from "../filter/line_filter.ts";
import type { OutputSource } from "../frame.ts";
import { LineNumbers, type NumberedLine } from "../numbered_lines.ts";
import { mergeLines } from "../merged_page.ts";
import { CountedPlaces } from "../place/counted_places.ts";
import type { ScanHistogram } from "./scan_histogram.ts";

/** Part of an output to search. */
export interface ScanRequest {
  /** Lines to find; none, only to count all lines, if `undefined`. */
  readonly filter: LineCriteria | undefined;
  /** Earliest timestamp, epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
  /** End, exclusive, epoch ns by the engine's clock. */
  readonly untilNs: bigint;
  /** True if the output ends there. */
  readonly isToEnd: boolean;
  /** Only lines after this place. */
  readonly after?: Cursor | undefined;
}

/** A line that was found, or a line around one. */
export interface FoundLine extends OutputLine {
  readonly cursor: Cursor;
  readonly isContext: boolean;
}

/** Options for {@linkcode Scan}. */
export interface ScanOptions {
  /** Counts all lines that are read. */
  readonly histogram?: ScanHistogram | undefined;
  /** True for a list of several containers, whose cursors name the container. */
  readonly isList: boolean;
  /** Called with the reason when an output cannot be read; the others continue. */
  readonly onFailure: (source: OutputSource, message: string) => void;
}

/** Number of outputs up to which each is read in large pieces, which take memory. */
const MOST_WIDE = 8;

/** One search of some outputs, with its progress. */
export class Scan {
  #scanned = 0;
  #at = "";

  constructor(readonly options: ScanOptions) {}

  /** Number of lines read so far. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Timestamp of the newest line read so far; empty before the first. */
  get at(): string {
    return this.#at;
  }

  /**
   * Yields the lines found, ordered by their timestamps.
   *
   * @param requestOf Returns the request for one output.
   */
  async *run(
    sources: readonly OutputSource[],
    requestOf: (source: OutputSource) => ScanRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly (readonly [source: OutputSource, line: FoundLine])[]> {
    const narrow = sources.length > MOST_WIDE;
    // Of lines with one timestamp, those of the first source come first, as their cursors do.
    const ordered = sources.toSorted((one, other) => cursorKey(one) < cursorKey(other) ? -1 : 1);
    yield* mergeLines(
      ordered.map((source) => [source, this.#read(source, requestOf(source), narrow, signal)] as const),
    );
  }

  async *#read(
    source: OutputSource,
    { filter: criteria, sinceNs, untilNs, isToEnd, after }: ScanRequest,
    narrow: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FoundLine[]> {
    const key = cursorKey(source);
    const place = after && placeIn(after, key);
    const start = place === undefined || sinceNs !== undefined && sinceNs > place.ns ? sinceNs : place.ns;
    const until = formatMoment(untilNs);
    const numbers = new LineNumbers();
    const hits = new Set<NumberedLine>();
    const filter = criteria && new LineFilter<NumberedLine>(criteria, lineOf, (item) => hits.add(item));
    const toFound = (item: NumberedLine) => {
      const ns = parseMoment(item.line.timestamp) ?? 0n;
      const cursor = { ns, ordinal: item.ordinal, ...this.options.isList && { of: key } };
      return { ...item.line, cursor, isContext: !hits.delete(item) };
    };
    const isAfter = ({ line, ordinal }: NumberedLine) =>
      place === undefined || compareCursors({ ns: parseMoment(line.timestamp) ?? 0n, ordinal }, place) > 0;
    const request = { follow: false, sinceNs: start, untilNs, narrow };
    const places = isToEnd && start === undefined ? new CountedPlaces() : undefined;
    try {
      for await (const lines of source.engine.output(source.containerId, request, signal)) {
        const early = lines.filter(({ timestamp }) => timestamp < until);
        const numbered = early.map((line) => ({ line, ordinal: numbers.next(line.timestamp) })).filter(
          isAfter,
        );
        places?.add(early);
        await this.#count(early, signal);
        if (filter === undefined) continue;
        const passed = await filter.pass(numbered, signal);
        if (passed.length > 0) yield passed.map(toFound);
      }
      if (!signal.aborted) places?.learn(source);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.options.onFailure(source, error.message);
    }
  }

  async #count(lines: readonly OutputLine[], signal: AbortSignal): Promise<void> {
    this.#scanned += lines.length;
    const last = lines.at(-1)?.timestamp ?? "";
    if (last > this.#at) this.#at = last;
    await this.options.histogram?.addAll(lines, signal);
  }
}

function lineOf({ line }: NumberedLine): OutputLine {
  return line;
}
