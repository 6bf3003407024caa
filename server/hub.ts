/** Fan-out: one publisher, many subscribers, each with its own bounded queue. */

/** Items that a subscriber has not taken yet; the policy decides which are dropped when it is slow. */
export interface Queue<T> {
  /** Adds items, as far as the policy keeps them. */
  push(items: readonly T[]): void;
  /** Removes and returns everything, oldest first. */
  take(): readonly T[];
}

/** Batches of items until the subscription's signal aborts. A slow reader catches up in one step. */
export interface Subscription<T> extends AsyncIterable<readonly T[]> {
  /** Returns the queued items without waiting. */
  take(): readonly T[];
}

/** Delivers every published batch to the queue of every subscriber. */
export class Hub<T> {
  readonly #subscribers = new Set<Subscriber<T>>();

  /** Number of subscribers. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Queues the items for all subscribers without waiting for any of them. */
  publish(items: readonly T[]): void {
    if (items.length === 0) return;
    for (const subscriber of this.#subscribers) subscriber.push(items);
  }

  /** Subscribes at once rather than at the first `next()`, so nothing published after this call is missed. */
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

/** Keeps the newest item per key, so the queue of a slow reader holds at most one item per key. */
export class NewestPerKey<T extends object> implements Queue<T> {
  #batch: readonly T[] = [];
  #merged: Map<string, T> | undefined;

  constructor(readonly keyOf: (item: T) => string) {}

  push(items: readonly T[]): void {
    if (this.#merged === undefined && this.#batch.length === 0) {
      // The batch is kept as it is: readers that are on time share one array and everything cached for it.
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

/** Keeps items in order up to a total weight; beyond it the oldest are dropped and a notice states how many. */
export class DropOldest<T> implements Queue<T> {
  #items: T[] = [];
  #weight = 0;
  #dropped = 0;

  /**
   * @param capacity Maximum total weight; a single item may exceed it.
   * @param notice Creates the item that stands for dropped items.
   * @param weigh Weight of an item; 1 by default.
   */
  constructor(
    readonly capacity: number,
    readonly notice: (dropped: number) => T,
    readonly weigh: (item: T) => number = () => 1,
  ) {}

  /** Number of items dropped since the last {@linkcode take}. */
  get dropped(): number {
    return this.#dropped;
  }

  push(items: readonly T[]): void {
    for (const item of items) {
      this.#items.push(item);
      this.#weight += this.weigh(item);
    }
    // Cut at twice the weight, because moving the rest at each push would cost more than the push.
    if (this.#weight >= this.capacity * 2) this.#cut();
  }

  take(): readonly T[] {
    if (this.#weight > this.capacity) this.#cut();
    const items = this.#dropped > 0 ? [this.notice(this.#dropped), ...this.#items] : this.#items;
    this.#items = [];
    this.#weight = 0;
    this.#dropped = 0;
    return items;
  }

  #cut(): void {
    let surplus = 0;
    // The newest item stays, whatever its weight.
    while (this.#weight > this.capacity && surplus < this.#items.length - 1) {
      this.#weight -= this.weigh(this.#items[surplus++]!);
    }
    this.#items.splice(0, surplus);
    this.#dropped += surplus;
  }
}
