/** Replays of stored events of stacks: pages that clients share, and a limit for clients without the token. */
import { pause } from "../duration.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import { Semaphore } from "../semaphore.ts";
import type { Journal, JournalEntry } from "../store/journal.ts";
import { Budget, type BudgetLimits } from "./replay_budget.ts";

/** Reason for a close after which a client continues with `since`. */
export const TOO_SLOW = "too slow: reconnect with since";

/** Bounds of replays; options, so that tests need not wait. */
export interface ReplayBounds {
  /** Number of events that are read from the journal at once. */
  readonly page: number;
  /** Number of pages that are kept for clients at the same place. */
  readonly keptPages: number;
  /** Replays to clients without the token at the same time. */
  readonly replays: number;
  /** Longest replay to a client without the token, ms; a slow reader must not keep a slot. */
  readonly replayMs: number;
  /** Events to all clients without the token together. */
  readonly budget: BudgetLimits;
}

/** The burst is everything that the journal keeps, so that a single client does not wait. */
const BOUNDS: ReplayBounds = {
  page: 50,
  keptPages: 8,
  replays: 4,
  replayMs: 60_000,
  budget: { burst: 20_000, perSecond: 4000 },
};

/** The replays of a server. */
export class Replays {
  readonly #pages = new Map<number, readonly JournalEntry[]>();
  readonly #slots: Semaphore;
  readonly #budget: Budget;

  constructor(readonly journal: Journal, readonly bounds: ReplayBounds = BOUNDS) {
    this.#slots = new Semaphore(bounds.replays);
    this.#budget = new Budget(bounds.budget);
  }

  /**
   * Sends everything after a number, page by page. Clients without the token wait for a slot and share a budget; those
   * with it never wait.
   *
   * @param send Sends one page, and waits for the reader.
   * @returns the number of the last event sent; less than the newest when the client is gone.
   */
  async replay(
    client: Client,
    trusted: boolean,
    since: number,
    send: (page: readonly JournalEntry[]) => Promise<void>,
  ): Promise<number> {
    if (trusted) return await this.#sendPages(client.signal, since, send);
    using slot = await this.#slots.acquireUnlessAborted(client.signal);
    if (slot === undefined) return since;
    const timer = setTimeout(() => client.close(CLOSE.tooSlow, TOO_SLOW), this.bounds.replayMs);
    try {
      return await this.#sendPages(client.signal, since, send, (count) => this.#budget.spend(count));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Returns the events after a number, a page at most; clients at the same place share them and what is made of them. */
  page(after: number): readonly JournalEntry[] {
    const kept = this.#pages.get(after);
    if (kept !== undefined) return kept;
    const page = this.journal.after(after, this.bounds.page);
    // More events may be added to one that is not full.
    if (page.length === this.bounds.page) this.#keep(after, page);
    return page;
  }

  #keep(after: number, page: readonly JournalEntry[]): void {
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= this.bounds.keptPages && oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(after, page);
  }

  async #sendPages(
    signal: AbortSignal,
    since: number,
    send: (page: readonly JournalEntry[]) => Promise<void>,
    delayAfter: (count: number) => number = () => 0,
  ): Promise<number> {
    let last = since;
    for (let page = this.page(last); page.length > 0; page = this.page(last)) {
      await send(page);
      if (signal.aborted) return last;
      last = page.at(-1)!.seq;
      // Other requests are answered between two pages.
      await pause(delayAfter(page.length), signal);
    }
    return last;
  }
}
