/** Numbers of open sockets, counted apart for clients with and without the token. */
import type { Limits } from "../config/limits.ts";
import { AppError } from "../errors.ts";

/** Seconds after which a refused client may try again. */
const RETRY_AFTER = "10";

/** The bounds of one kind of client. */
interface Quota {
  readonly total: number;
  readonly perPeer: number;
}

/** Open sockets of one kind of client. */
class Count {
  total = 0;
  readonly perPeer = new Map<string, number>();

  add(peer: string, change: 1 | -1): void {
    this.total += change;
    const left = this.of(peer) + change;
    if (left > 0) this.perPeer.set(peer, left);
    else this.perPeer.delete(peer);
  }

  of(peer: string): number {
    return this.perPeer.get(peer) ?? 0;
  }
}

/**
 * Counts open sockets. Clients without the token have half of all at most, so they never use up what clients with it
 * need, neither in total nor per address.
 */
export class SocketQuotas {
  readonly #trusted = new Count();
  readonly #others = new Count();

  constructor(readonly limits: Pick<Limits, "sockets" | "socketsPerPeer" | "socketsWithoutToken">) {}

  /**
   * Counts a socket until the returned function is called.
   *
   * @throws {AppError} "too-many" when the total or the number of this address is reached.
   */
  enter(peer: string, trusted: boolean): () => void {
    const count = trusted ? this.#trusted : this.#others;
    this.#check(count, peer, this.#quota(trusted));
    count.add(peer, 1);
    return () => count.add(peer, -1);
  }

  #quota(trusted: boolean): Quota {
    const { sockets, socketsPerPeer, socketsWithoutToken } = this.limits;
    if (trusted) return { total: sockets - this.#others.total, perPeer: socketsPerPeer };
    const half = Math.ceil(sockets / 2);
    return { total: Math.min(half, sockets - this.#trusted.total), perPeer: socketsWithoutToken };
  }

  #check(count: Count, peer: string, { total, perPeer }: Quota): void {
    const own = count.of(peer);
    if (count.total < total && own < perPeer) return;
    const [open, most, whose] = own < perPeer ? [count.total, total, ""] : [own, perPeer, ` of ${peer}`];
    const without = count === this.#others ? " without the token" : "";
    throw new AppError(
      "too-many",
      `Cannot open another socket${without}: ${open}${whose} are open, ${most} are allowed`,
      { headers: { "retry-after": RETRY_AFTER } },
    );
  }
}
