/** A line of a container's output, ready to be sent; and which lines a viewer has seen. */
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
  /** The container as it was last heard of; `undefined` once it is gone. */
  readonly look: () => Container | undefined;
}

/** A frame that is ready to be sent; stamp and stream of its line are for telling what was told before. */
export interface OutputFrame {
  /** Empty for what is no line. */
  readonly timestamp: string;
  readonly stream?: OutputLine["stream"];
  readonly json: string;
}

/** A stamp that needs no escaping; any other is not an engine's. */
const PLAIN_TIME = /^[\dT:.Z+-]*$/;

/**
 * Lets the lines of a stream pass from the first one on that is later than the stream's last known stamp.
 *
 * Each stream has a stamp of its own, since the engine mixes stdout and stderr as it reads them, not by their stamps;
 * and once a stream's lines pass they all do, since a clock may be set back.
 */
export class ReplayFilter {
  readonly #last: Map<string, string>;

  /** @param last The last stamp before the gate, of each stream that has one. */
  constructor(last: ReadonlyMap<string, string>) {
    this.#last = new Map(last);
  }

  /** Those of the items that are beyond the gate. */
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

/** Built by hand but for the message: of a line only the message needs escaping, and there may be 50,000 a second. */
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
