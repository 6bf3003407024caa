/** Tracks whether a host has viewers, and the shortest interval that they asked for. */
import { onAbort, pause } from "../duration.ts";

interface Viewer {
  readonly intervalMs: number;
  readonly leaving: Disposable;
}

/** The intervals of one host's viewers. */
export class Demand {
  readonly #viewers = new Map<symbol, Viewer>();
  #active: AbortController | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  /** End of the linger time, by `performance.now()`. */
  #until = 0;
  readonly #waiting = new Set<() => void>();
  #ended = false;

  /** @param lingerMs Time for which demand continues after the last viewer left, unless that viewer sets its own. */
  constructor(readonly lingerMs: number) {}

  /** Interval at which numbers are wanted, ms; `undefined` while none are. */
  get intervalMs(): number | undefined {
    return this.active ? this.#intervalMs : undefined;
  }

  /** True while numbers are wanted. */
  get active(): boolean {
    return this.#active !== undefined;
  }

  /**
   * Adds a viewer until the signal aborts.
   *
   * @param lingerMs Time for which demand continues afterwards; it never shortens the linger time of an earlier viewer.
   */
  add(intervalMs: number, signal: AbortSignal, lingerMs = this.lingerMs): void {
    if (signal.aborted || this.#ended) return;
    const key = Symbol();
    const leaving = onAbort(signal, () => this.#leave(key, lingerMs));
    this.#viewers.set(key, { intervalMs, leaving });
    clearTimeout(this.#linger);
    this.#active ??= new AbortController();
    this.#wake();
  }

  /** Ends the demand at once. */
  stop(): void {
    clearTimeout(this.#linger);
    this.#active?.abort();
    this.#active = undefined;
  }

  /** Ends the demand for good, because its host is no longer read, although its viewers may stay. */
  end(): void {
    this.#ended = true;
    this.stop();
    for (const { leaving } of this.#viewers.values()) leaving[Symbol.dispose]();
    this.#viewers.clear();
  }

  /** Resolves with a signal that aborts when the demand ends; with an aborted one if the given signal aborts first. */
  async begun(signal: AbortSignal): Promise<AbortSignal> {
    while (this.#active === undefined && !signal.aborted) await this.#changed(signal, undefined);
    return this.#active?.signal ?? AbortSignal.abort();
  }

  /** Waits for a viewer, for a limited time. */
  async begunWithin(ms: number, signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const waiting = AbortSignal.any([signal, end.signal]);
    await Promise.race([this.begun(waiting), pause(ms, waiting)]);
    end.abort();
  }

  /**
   * Resolves when the shortest interval has passed since the last turn.
   *
   * @param last Due time of the last turn, by `performance.now()`.
   * @returns Due time of this turn; missed turns are skipped.
   */
  async due(last: number, signal: AbortSignal): Promise<number> {
    for (;;) {
      const due = last + this.#intervalMs;
      const now = performance.now();
      if (signal.aborted || now >= due) return now - due > this.#intervalMs ? now : due;
      await this.#changed(signal, due - now);
    }
  }

  get #intervalMs(): number {
    // While lingering, the default interval applies.
    if (this.#viewers.size === 0) return 1000;
    return Math.min(...[...this.#viewers.values()].map(({ intervalMs }) => intervalMs));
  }

  #leave(key: symbol, lingerMs: number): void {
    this.#viewers.delete(key);
    const now = performance.now();
    this.#until = Math.max(this.#until, now + lingerMs);
    if (this.#viewers.size > 0) return;
    this.#linger = setTimeout(() => this.stop(), this.#until - now);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }

  #changed(signal: AbortSignal, timeoutMs: number | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => {
      clearTimeout(timer);
      this.#waiting.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
    this.#waiting.add(done);
    signal.addEventListener("abort", done);
    return promise;
  }
}
