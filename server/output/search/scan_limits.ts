/** Bounds how many searches of whole outputs run at a time. */
import { AppError } from "../../errors.ts";

/** Searches of one session, and all searches. */
const MOST_OF_SESSION = 2;
const MOST = 4;

/** The running searches, counted by session. */
export class ScanLimits {
  readonly #running = new Map<object | undefined, number>();

  /** Number of running searches. */
  get size(): number {
    return this.#running.values().reduce((sum, count) => sum + count, 0);
  }

  /**
   * Checks that another search may start.
   *
   * @param session Identity of the client's session; `undefined` without one, for which only the total is bounded.
   * @throws {AppError} "too-many" with the reason.
   */
  check(session: object | undefined): void {
    const own = session === undefined ? 0 : this.#running.get(session) ?? 0;
    if (own < MOST_OF_SESSION && this.size < MOST) return;
    const [count, whose] = own < MOST_OF_SESSION ? [MOST, ""] : [MOST_OF_SESSION, " of this session"];
    throw new AppError(
      "too-many",
      `Cannot start another search of a whole log: ${count}${whose} are already running. Wait until one ends, or cancel one`,
      { headers: { "retry-after": "10" } },
    );
  }

  /**
   * Counts a search until the returned object is disposed.
   *
   * @throws {AppError} as {@linkcode check}.
   */
  enter(session: object | undefined): Disposable {
    this.check(session);
    this.#running.set(session, (this.#running.get(session) ?? 0) + 1);
    return {
      [Symbol.dispose]: () => {
        const left = this.#running.get(session)! - 1;
        if (left > 0) this.#running.set(session, left);
        else this.#running.delete(session);
      },
    };
  }
}
