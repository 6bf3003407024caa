/** Pure: bytes that arrive in pieces. A list of pieces would need far more memory than many small ones. */

/** Bytes to which pieces are added. */
export class GrowingBytes {
  #memory = new Uint8Array();
  #length = 0;

  /** Number of bytes. */
  get length(): number {
    return this.#length;
  }

  /** Copies a piece to the end. */
  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#memory.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#memory.length));
      larger.set(this.#memory.subarray(0, this.#length));
      this.#memory = larger;
    }
    this.#memory.set(piece, this.#length);
    this.#length = length;
  }

  /** Returns the bytes, and begins again without any. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#memory.subarray(0, this.#length);
    this.#memory = new Uint8Array();
    this.#length = 0;
    return bytes;
  }
}
