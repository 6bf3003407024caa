/** Something that changes and tells that it has; what `useSyncExternalStore` reads. */
export class Observable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** What it is now; the same object until it changes. */
  get value(): T {
    return this.#value;
  }

  /** Changes it, and tells everybody. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** Calls after each change; returns what ends that. */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
