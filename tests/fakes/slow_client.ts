/** A client of a socket whose buffer a test controls. */
import type { Client } from "../../server/http/socket.ts";

/** A client whose buffer a test fills and empties. */
export class SlowClient implements Client, Disposable {
  readonly frames: string[] = [];
  full = false;
  readonly #closed = new AbortController();
  readonly signal = this.#closed.signal;
  #emptied = () => {};

  send(frame: string): void {
    this.frames.push(frame);
  }

  receive(): void {}

  hasRoom(): boolean {
    return !this.full;
  }

  room(): Promise<void> {
    if (!this.full || this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => this.#emptied = resolve);
  }

  empty(): void {
    this.full = false;
    this.#emptied();
  }

  close(): void {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
    this.empty();
  }
}
