/** Kills of containers that users have requested, each of which explains an end. */

/** A kill explains an end for this time, ms. */
const EXPLAINS_MS = 15_000;
/** Remembered kills. */
const MOST = 1000;

/** The newest kill of each container. Times are of the monotonic clock, ms. */
export class Kills {
  readonly #at = new Map<string, number>();

  /** Notes a kill; the oldest are forgotten. */
  note(key: string, now: number): void {
    this.#at.delete(key);
    this.#at.set(key, now);
    const [oldest] = this.#at.keys();
    if (this.#at.size > MOST && oldest !== undefined) this.#at.delete(oldest);
  }

  /** Forgets a container. */
  forget(key: string): void {
    this.#at.delete(key);
  }

  /** Reports whether a kill explains an end at a time. */
  explains(key: string, endedAt: number): boolean {
    const killed = this.#at.get(key);
    return killed !== undefined && endedAt - killed <= EXPLAINS_MS;
  }
}
