/** Flow control of a terminal: bounded input to the engine, and bounded output to the client. */
/** Input that waits for the engine. */
export class Input {
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #ended = false;
  #wake = () => {};

  constructor(readonly mostBytes: number, readonly signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#wake());
  }

  /** Queues bytes; returns false when too many wait. */
  add(bytes: Uint8Array): boolean {
    if (this.#ended) return true;
    if (this.#bytes + bytes.length > this.mostBytes) return false;
    this.#bytes += bytes.length;
    this.#waiting.push(bytes);
    this.#wake();
    return true;
  }

  /** Ends the input after what waits. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Yields the input until it ends or the signal aborts. */
  async *read(): AsyncGenerator<Uint8Array> {
    while (!this.signal.aborted) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        this.#bytes -= next.length;
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

/** Output that the client has not acknowledged. */
export class Window {
  #sent = 0;
  #acknowledged = 0;
  #wake = () => {};

  /** @param mostBytes Infinite for clients that send no acknowledgements. */
  constructor(readonly mostBytes: number, readonly signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#wake());
  }

  /** Counts bytes that are sent. */
  send(bytes: number): void {
    this.#sent += bytes;
  }

  /** Takes the number of bytes that the client has processed, in total. */
  acknowledge(bytes: number): void {
    this.#acknowledged = Math.min(Math.max(bytes, this.#acknowledged), this.#sent);
    this.#wake();
  }

  /** Resolves when more may be sent or the signal aborts. */
  async room(): Promise<void> {
    while (this.#sent - this.#acknowledged >= this.mostBytes && !this.signal.aborted) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}
