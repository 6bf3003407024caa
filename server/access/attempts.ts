/** Who presented a wrong secret how often of late: whoever guesses is told to stop, and the log says who does. */
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** How many wrong secrets a peer may present in a window. */
export interface AttemptLimits {
  readonly most: number;
  readonly windowMs: number;
  /** Peers that are remembered at once; the oldest are forgotten first. */
  readonly peers: number;
}

interface Failures {
  count: number;
  readonly until: number;
}

const log = getLogger(["dockstat", "access"]);

/**
 * Counts failed attempts per peer. The right secret is let in all the same: nobody may lock the owner out, and 32
 * random bytes cannot be guessed.
 */
export class Attempts {
  readonly #failures = new Map<string, Failures>();

  constructor(readonly limits: AttemptLimits, readonly now: () => number = Date.now) {}

  /**
   * Notes a wrong secret.
   *
   * @throws {AppError} "too-many" once the peer has presented too many.
   */
  failed(peer: string): void {
    const now = this.now();
    const known = this.#failures.get(peer);
    const failures = known !== undefined && known.until > now
      ? known
      : { count: 0, until: now + this.limits.windowMs };
    failures.count++;
    this.#failures.delete(peer);
    this.#failures.set(peer, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > this.limits.peers && oldest !== undefined) this.#failures.delete(oldest);
    if (failures.count <= this.limits.most) return;
    if (failures.count === this.limits.most + 1) {
      log.warn("{peer} has presented {count} wrong tokens within a minute", { peer, count: failures.count });
    }
    const seconds = Math.ceil((failures.until - now) / 1000);
    throw new AppError(
      "too-many",
      `Too many wrong tokens from ${peer}: expected the right one, or none for ${seconds} s`,
      {
        headers: { "retry-after": String(seconds) },
      },
    );
  }
}
