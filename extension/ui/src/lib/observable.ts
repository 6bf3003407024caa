/** A value with change listeners, in the shape that `useSyncExternalStore` reads. */
export class Observable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** Current value. */
  get value(): T {
    return this.#value;
  }

  /** Sets the value and notifies the listeners if it changed. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after each change; returns a function that unsubscribes it. */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Waits for the next change, but no longer than some time, ms. */
  changed(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(end, mostMs);
      const unsubscribe = this.subscribe(end);
    });
  }
}
