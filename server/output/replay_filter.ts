/** Pure: where one reading of container output ends, and the filter that sends each line of two readings once. */
import type { OutputLine } from "../docker/demux.ts";
import type { OutputFrame } from "./frame.ts";

/** Maximum number of remembered lines with one timestamp. */
const MOST_LINES = 10_000;

/** The last lines of a stream: their timestamp, and the texts of the frames that share it. */
export interface LastLines {
  readonly timestamp: string;
  readonly texts: readonly string[];
}

/** Last lines of each stream. */
export type Border = ReadonlyMap<OutputLine["stream"], LastLines>;

/** Moves a border past further frames. */
export function advance(border: Map<OutputLine["stream"], LastLines>, frames: readonly OutputFrame[]): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const own = frames.filter((frame) => frame.stream === stream);
    const timestamp = own.at(-1)?.timestamp;
    // Lines without a timestamp cannot be compared.
    if (!timestamp) continue;
    const texts = own.filter((frame) => frame.timestamp === timestamp).map(({ json }) => json);
    const before = border.get(stream);
    const known = before?.timestamp === timestamp ? [...before.texts, ...texts] : texts;
    border.set(stream, { timestamp, texts: known.slice(-MOST_LINES) });
  }
}

/**
 * Passes the lines of each stream from the first one after the stream's border. Lines that share the border's
 * timestamp are compared by their text.
 *
 * Each stream has its own border, because the engine mixes stdout and stderr in the order of reading. Once a
 * stream's lines pass, all of them do, because a clock may be set back.
 */
export class ReplayFilter {
  readonly #last = new Map<OutputLine["stream"], { readonly timestamp: string; readonly texts: string[] }>();

  /** @param border Last lines already sent, per stream. */
  constructor(border: Border) {
    for (const [stream, { timestamp, texts }] of border) {
      this.#last.set(stream, { timestamp, texts: [...texts] });
    }
  }

  /** Returns the frames that have not been sent yet. */
  pass(frames: readonly OutputFrame[]): readonly OutputFrame[] {
    if (this.#last.size === 0) return frames;
    const ends = this.#known(frames);
    return frames.filter((frame, index) =>
      index > (frame.stream === undefined ? -1 : ends.get(frame.stream) ?? -1) && this.#passes(frame)
    );
  }

  /**
   * Returns the place of the last known line of each stream. Lines before it are older, also if they have its
   * timestamp: some engines write whole seconds.
   */
  #known(frames: readonly OutputFrame[]): ReadonlyMap<OutputLine["stream"], number> {
    const ends = new Map<OutputLine["stream"], number>();
    const over = new Set<OutputLine["stream"]>();
    for (const [index, { timestamp, stream, json }] of frames.entries()) {
      const last = stream && this.#last.get(stream);
      if (stream === undefined || last === undefined || timestamp < last.timestamp || over.has(stream)) {
        continue;
      }
      if (timestamp > last.timestamp) {
        over.add(stream);
        continue;
      }
      const known = last.texts.indexOf(json);
      if (known < 0) continue;
      last.texts.splice(known, 1);
      ends.set(stream, index);
    }
    return ends;
  }

  #passes({ timestamp, stream }: OutputFrame): boolean {
    const last = stream && this.#last.get(stream);
    if (stream === undefined || last === undefined || timestamp === "") return true;
    if (timestamp < last.timestamp) return false;
    this.#last.delete(stream);
    return true;
  }
}
