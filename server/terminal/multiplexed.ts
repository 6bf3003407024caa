/** Pure: the output of a command without a terminal, in which the engine marks stdout and stderr. */

/** Length of the header of a piece: its stream, three zero bytes, and its length as a big-endian number. */
const HEADER = 8;

/** Converts chunks of any length into frames, each of a byte for its stream (1 or 2) and bytes of that stream. */
export class Multiplexed {
  readonly #header = new Uint8Array(HEADER);
  #known = 0;
  #left = 0;

  /** Yields the frames of a chunk. */
  *frames(chunk: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) at = this.#readHeader(chunk, at);
      const taken = Math.min(this.#left, chunk.length - at);
      if (taken === 0) continue;
      const frame = new Uint8Array(taken + 1);
      frame[0] = this.#header[0] === 2 ? 2 : 1;
      frame.set(chunk.subarray(at, at + taken), 1);
      at += taken;
      this.#left -= taken;
      yield frame;
    }
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    const part = chunk.subarray(from, from + HEADER - this.#known);
    this.#header.set(part, this.#known);
    this.#known += part.length;
    if (this.#known === HEADER) {
      this.#known = 0;
      this.#left = new DataView(this.#header.buffer).getUint32(4);
    }
    return from + part.length;
  }
}
