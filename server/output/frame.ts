/** Frames of container output, and the filter that sends each line once. */
import type { Container } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import type { Engine } from "../docker/engine.ts";

/** A container whose output can be followed. */
export interface OutputSource {
  readonly hostId: string;
  readonly containerId: string;
  readonly engine: Engine;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** Returns the container as last reported by its engine; `undefined` once it is removed. */
  readonly current: () => Container | undefined;
}

/** A serialized frame, with the timestamp and stream of its line. */
export interface OutputFrame {
  /** Empty for a frame that is not a line. */
  readonly timestamp: string;
  readonly stream?: OutputLine["stream"];
  readonly json: string;
}

/** Engine timestamps, which need no escaping. */
const PLAIN_TIME = /^[\dT:.Z+-]*$/;

/**
 * Passes the lines of each stream from the first one that is later than the stream's last known timestamp.
 *
 * Each stream has its own timestamp, because the engine mixes stdout and stderr in the order of reading. Once a
 * stream's lines pass, all of them do, because a clock may be set back.
 */
export class ReplayFilter {
  readonly #last: Map<string, string>;

  /** @param last Last timestamp already sent, per stream. */
  constructor(last: ReadonlyMap<string, string>) {
    this.#last = new Map(last);
  }

  /** Returns the items that have not been sent yet. */
  pass<T extends { readonly timestamp: string; readonly stream?: OutputLine["stream"] }>(
    items: readonly T[],
  ): readonly T[] {
    return this.#last.size === 0 ? items : items.filter((item) => this.#passes(item));
  }

  #passes({ timestamp, stream }: { timestamp: string; stream?: OutputLine["stream"] }): boolean {
    const last = stream && this.#last.get(stream);
    if (stream === undefined || last === undefined) return true;
    if (timestamp <= last) return false;
    this.#last.delete(stream);
    return true;
  }
}

/** Built by hand, since only the message needs escaping and there may be 50,000 lines per second. */
export function toFrame(
  { hostId, containerId }: OutputSource,
  { timestamp, message, stream }: OutputLine,
): OutputFrame {
  const text = JSON.stringify(message);
  const stamp = PLAIN_TIME.test(timestamp) ? timestamp : "";
  const json =
    `{"timestamp":"${stamp}","message":${text},"stream":"${stream}","containerId":"${containerId}",` +
    `"hostId":"${hostId}"}`;
  return { timestamp, stream, json };
}
