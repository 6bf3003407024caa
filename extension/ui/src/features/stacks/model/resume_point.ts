/** Where to begin to read events, now and at the next visit. */

/** What keeps a text between two visits; the browser's `localStorage`. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const NAME = "dockstat.stacks.since";

/** The number of the last event, and of the one before everything that goes on. */
export class Since {
  /** The number of the newest event that was read; after a loss everything after it is asked for. */
  last: number;
  /** Before which event each run that goes on has begun. */
  readonly #begins = new Map<string, number>();

  /** @param shelf `undefined` where nothing can be kept: then each visit reads everything. */
  constructor(readonly shelf: Shelf | undefined) {
    this.last = read(shelf);
  }

  /**
   * Notes an event.
   *
   * @param goesOn Whether the run that it is about goes on.
   * @returns whether the numbers have begun anew: it is another server, and what was known is of the one before.
   */
  note(seq: number, key: string, goesOn: boolean): boolean {
    const anew = seq <= this.last;
    if (anew) this.#begins.clear();
    if (!goesOn) this.#begins.delete(key);
    else if (!this.#begins.has(key)) this.#begins.set(key, seq - 1);
    this.last = seq;
    return anew;
  }

  /** Where the next visit must begin, so that it sees the whole of what goes on now. */
  get next(): number {
    return Math.min(this.last, ...this.#begins.values());
  }

  /** Keeps that for the next visit. */
  keep(): void {
    try {
      this.shelf?.setItem(NAME, String(this.next));
    } catch {
      // A full or forbidden storage: the next visit reads more than it must.
    }
  }
}

function read(shelf: Shelf | undefined): number {
  try {
    const kept = shelf?.getItem(NAME) ?? "";
    return /^\d{1,15}$/.test(kept) ? Number(kept) : 0;
  } catch {
    // A forbidden storage: everything is read.
    return 0;
  }
}
