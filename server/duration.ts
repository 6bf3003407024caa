/** Durations in options and files, such as `5s`, `10m`, `1h` or `30d`, and waiting with a signal. */

const MILLISECONDS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Parses a duration such as `5s`, `10m`, `1h` or `30d` into milliseconds.
 *
 * @returns `undefined` for anything that is not a whole number followed by s, m, h or d.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * MILLISECONDS[match[2] as keyof typeof MILLISECONDS];
}

/** Parses a duration like {@linkcode parseDuration}, or one in milliseconds, such as `100ms`. */
export function parseInterval(text: string): number | undefined {
  const digits = /^(\d{1,5})ms$/.exec(text)?.[1];
  return digits === undefined ? parseDuration(text) : Number(digits);
}

/** Resolves after `ms` milliseconds, or at once when the signal aborts; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const done = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", done);
    resolve();
  };
  const timer = setTimeout(done, ms);
  signal.addEventListener("abort", done);
  return promise;
}

/**
 * Resolves at the next multiple of `everyMs` on a clock that all regular checks share, or at once when the signal aborts.
 * Checks that are due at the same moment wake the process once, at a fraction of the cost of separate moments.
 */
export function nextRound(everyMs: number, signal: AbortSignal): Promise<void> {
  return pause(untilRound(everyMs), signal);
}

/** Returns the time until the moment of {@linkcode nextRound}, ms; `now` is by `performance.now()`. */
export function untilRound(everyMs: number, now: number = performance.now()): number {
  return Math.ceil(everyMs - now % everyMs);
}

/**
 * Waits for a promise until the signal aborts, for calls that never settle when their peer falls silent.
 *
 * @throws the promise's error, or the signal's reason. A promise that rejects after the abort is ignored.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // The promise already runs: without a handler its later rejection would end the process.
  promise.catch(() => {});
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/**
 * Calls a function once when the signal aborts. Disposing the result removes the listener, which a signal that outlives
 * its listener would otherwise keep.
 */
export function onAbort(signal: AbortSignal, call: () => void): Disposable {
  signal.addEventListener("abort", call, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener("abort", call) };
}

/** A signal that aborts with another one, or at the end of its scope. */
export class ScopedSignal implements Disposable {
  readonly #end = new AbortController();
  /** Aborts with the first of the two. */
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#end.signal]);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}
