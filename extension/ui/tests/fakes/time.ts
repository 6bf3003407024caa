/** Timers that fire on request of a test. */

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Replaces `setTimeout` and `clearTimeout` until it is disposed. Remaining timers then never fire. */
export class FakeTime implements Disposable {
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  readonly #timers = new Map<number, Timer>();
  #now = 0;
  #last = 0;

  constructor() {
    const set = (fire: () => void, ms = 0) => {
      this.#timers.set(++this.#last, { at: this.#now + ms, fire });
      return this.#last;
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: (id: number) => this.#timers.delete(id) });
  }

  /** Advances the clock, and fires the timers that are due. */
  tick(ms: number): void {
    this.#now += ms;
    for (const [id, { at, fire }] of [...this.#timers]) {
      if (at > this.#now || !this.#timers.delete(id)) continue;
      fire();
    }
  }

  [Symbol.dispose](): void {
    Object.assign(globalThis, this.#real);
  }
}
