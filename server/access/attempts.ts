/** Counts wrong secrets per peer, rate-limits guessing, and logs it. */
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** Limits of wrong secrets per peer. */
export interface AttemptLimits {
  /** Wrong secrets per window. */
  readonly max: number;
  readonly windowMs: number;
  /** Number of remembered peers; the oldest are forgotten first. */
  readonly peers: number;
}

interface Failures {
  count: number;
  readonly until: number;
}

const log = getLogger(["dockstat", "access"]);

/**
 * Counts failed attempts per peer. A valid secret is always accepted, so that a peer cannot lock the owner out; 32
 * random bytes cannot be guessed.
 */
export class Attempts {
  readonly #failures = new Map<string, Failures>();

  constructor(readonly limits: AttemptLimits, readonly now: () => number = Date.now) {}

  /**
   * Records a wrong secret.
   *
   * @throws {AppError} "too-many" once the peer has exceeded the limit.
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
    if (failures.count <= this.limits.max) return;
    if (failures.count === this.limits.max + 1) {
      log.warn("{peer} has sent {count} wrong tokens within a minute", { peer, count: failures.count });
    }
    const seconds = Math.ceil((failures.until - now) / 1000);
    throw new AppError(
      "too-many",
      `Too many invalid tokens from ${peer}. Try again in ${seconds} s`,
      {
        headers: { "retry-after": String(seconds) },
      },
    );
  }
}
