/** Sequence number from which events are read, now and at the next visit. */

/** Storage between visits; the browser's `localStorage`. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const STORAGE_KEY = "dockstat.stacks.since";

/** Number of the last event, and of the event before the oldest unfinished run. */
export class Since {
  /** Number of the newest event that was read; a reconnection resumes after it. */
  last: number;
  /** Number of the event before each unfinished run, by its key. */
  readonly #starts = new Map<string, number>();

  /** @param shelf `undefined` without storage: each visit then reads everything. */
  constructor(readonly shelf: Shelf | undefined) {
    this.last = read(shelf);
  }

  /**
   * Records an event.
   *
   * @param isRunning True while the run of the event is unfinished.
   * @returns True if the numbers started again: the server is another one, and earlier events are not its own.
   */
  note(seq: number, key: string, isRunning: boolean): boolean {
    const isRestarted = seq <= this.last;
    if (isRestarted) this.#starts.clear();
    if (!isRunning) this.#starts.delete(key);
    else if (!this.#starts.has(key)) this.#starts.set(key, seq - 1);
    this.last = seq;
    return isRestarted;
  }

  /** Number after which the next visit reads, so that it gets all events of unfinished runs. */
  get next(): number {
    return Math.min(this.last, ...this.#starts.values());
  }

  /** Stores {@linkcode next} for the next visit. */
  keep(): void {
    try {
      this.shelf?.setItem(STORAGE_KEY, String(this.next));
    } catch {
      // The storage is full or not allowed: the next visit reads more than it needs.
    }
  }
}

function read(shelf: Shelf | undefined): number {
  try {
    const stored = shelf?.getItem(STORAGE_KEY) ?? "";
    return /^\d{1,15}$/.test(stored) ? Number(stored) : 0;
  } catch {
    // The storage is not allowed: everything is read.
    return 0;
  }
}
