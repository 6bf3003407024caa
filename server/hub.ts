/** Fan-out: one publisher, many subscribers, each with a bounded queue of its own. */

/** What a subscriber has not taken yet; the policy decides what may be lost when it is slow. */
export interface Queue<T> {
  /** Keeps the items, or as many of them as the policy allows. */
  push(items: readonly T[]): void;
  /** Hands out everything kept, oldest first, and is empty afterwards. */
  take(): readonly T[];
}

/** Batches of items, until the subscription's signal aborts. A reader that was busy catches up in one step. */
export interface Subscription<T> extends AsyncIterable<readonly T[]> {
  /** What waits right now, without waiting for more. */
  take(): readonly T[];
}

/** Hands every published batch to every subscriber's queue. */
export class Hub<T> {
  readonly #subscribers = new Set<Subscriber<T>>();

  /** How many listen right now. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Queues the items for all subscribers; never waits for any of them. */
  publish(items: readonly T[]): void {
    if (items.length === 0) return;
    for (const subscriber of this.#subscribers) subscriber.push(items);
  }

  /** Subscribes at once, not at the first `next()`: nothing published after this call is missed. */
  subscribe(queue: Queue<T>, signal: AbortSignal): Subscription<T> {
    const subscriber = new Subscriber(queue, signal);
    if (signal.aborted) return subscriber;
    this.#subscribers.add(subscriber);
    signal.addEventListener("abort", () => {
      this.#subscribers.delete(subscriber);
      subscriber.wake();
    }, { once: true });
    return subscriber;
  }
}

class Subscriber<T> implements Subscription<T> {
  #waiting: (() => void) | undefined;

  constructor(readonly queue: Queue<T>, readonly signal: AbortSignal) {}

  push(items: readonly T[]): void {
    this.queue.push(items);
    this.wake();
  }

  wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }

  take(): readonly T[] {
    return this.queue.take();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly T[]> {
    while (!this.signal.aborted) {
      const items = this.take();
      if (items.length > 0) yield items;
      else await new Promise<void>((resolve) => this.#waiting = resolve);
    }
  }
}

/** Keeps the newest item per key, so a slow reader holds at most one item a key, whatever is published. */
export class NewestPerKey<T extends object> implements Queue<T> {
  #batch: readonly T[] = [];
  #merged: Map<string, T> | undefined;

  constructor(readonly keyOf: (item: T) => string) {}

  push(items: readonly T[]): void {
    if (this.#merged === undefined && this.#batch.length === 0) {
      // Kept as it came: all readers that are on time share one array, and with it what is cached for it.
      this.#batch = items;
      return;
    }
    this.#merged ??= new Map(this.#batch.map((item) => [this.keyOf(item), item]));
    for (const item of items) this.#merged.set(this.keyOf(item), item);
  }

  take(): readonly T[] {
    const items = this.#merged === undefined ? this.#batch : [...this.#merged.values()];
    this.#merged = undefined;
    this.#batch = [];
    return items;
  }
}

/** Keeps what comes in order, up to a weight; beyond it the oldest go, and a notice says how many. */
export class DropOldest<T> implements Queue<T> {
  #items: T[] = [];
  #weight = 0;
  #dropped = 0;

  /**
   * @param most How much waits at most; a single item may be more.
   * @param notice Makes the item that stands for those that were dropped.
   * @param weigh What an item counts; 1 unless told.
   */
  constructor(
    readonly most: number,
    readonly notice: (dropped: number) => T,
    readonly weigh: (item: T) => number = () => 1,
  ) {}

  /** How many were dropped since the last {@linkcode take}. */
  get dropped(): number {
    return this.#dropped;
  }

  push(items: readonly T[]): void {
    for (const item of items) {
      this.#items.push(item);
      this.#weight += this.weigh(item);
    }
    // Cut at twice the weight: moving the rest at each push would cost more than the push.
    if (this.#weight >= this.most * 2) this.#cut();
  }

  take(): readonly T[] {
    if (this.#weight > this.most) this.#cut();
    const items = this.#dropped > 0 ? [this.notice(this.#dropped), ...this.#items] : this.#items;
    this.#items = [];
    this.#weight = 0;
    this.#dropped = 0;
    return items;
  }

  #cut(): void {
    let surplus = 0;
    // The newest stays, however much it is.
    while (this.#weight > this.most && surplus < this.#items.length - 1) {
      this.#weight -= this.weigh(this.#items[surplus++]!);
    }
    this.#items.splice(0, surplus);
    this.#dropped += surplus;
  }
}
