/** Searches entries in short slices between frames. */
import { Observable } from "../observable.ts";
import type { Entry } from "./line.ts";
import { compileQuery, isPattern, type Matcher, type Query, searchedTexts } from "./line_search.ts";

/** Result of a search so far. */
export interface SearchResult {
  /** The compiled query; `undefined` without a search. */
  readonly matcher: Matcher | undefined;
  /** Ids of the entries that match. */
  readonly found: ReadonlySet<number>;
  /** False while entries are still searched. */
  readonly isDone: boolean;
  /** Reason why the query is invalid. */
  readonly error: string | undefined;
}

/** Work without a pause, in {@linkcode Matcher.part}s. */
const SLICE = 2;
/** Cost of a line besides its characters. */
const PER_LINE = 50;
const NONE: SearchResult = { matcher: undefined, found: new Set(), isDone: true, error: undefined };

/** Searches entries as they arrive. */
export class EntrySearch implements Disposable {
  /** Newest result. */
  readonly result = new Observable<SearchResult>(NONE);
  #matcher: Matcher | undefined;
  #entries: readonly Entry[] = [];
  /** Results of the current query. An entry that grows is a new object and is searched again. */
  #known = new WeakMap<Entry, boolean>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #query = 0;

  /** Starts another search; an invalid pattern is reported in the result. */
  async setQuery(query: Query): Promise<void> {
    const number = ++this.#query;
    // The engine of patterns may have to be loaded first.
    if (isPattern(query)) this.result.set({ ...this.result.value, isDone: false });
    try {
      const matcher = await compileQuery(query);
      if (number === this.#query) this.#start(matcher);
    } catch (error) {
      if (number !== this.#query) return;
      this.#start(undefined);
      this.result.set({ ...NONE, error: (error as Error).message });
    }
  }

  /** Searches the entries that were not searched yet. */
  update(entries: readonly Entry[]): void {
    this.#entries = entries;
    if (this.#matcher !== undefined) this.#work();
  }

  [Symbol.dispose](): void {
    this.#query++;
    clearTimeout(this.#timer);
  }

  #start(matcher: Matcher | undefined): void {
    this.#matcher = matcher;
    this.#known = new WeakMap();
    clearTimeout(this.#timer);
    if (matcher === undefined) this.result.set(NONE);
    else this.#work();
  }

  /** Searches one slice, newest entries first, and continues in the next task. */
  #work(): void {
    clearTimeout(this.#timer);
    const matcher = this.#matcher!;
    let left = SLICE;
    let isDone = true;
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index]!;
      if (this.#known.has(entry)) continue;
      if (left <= 0) {
        isDone = false;
        break;
      }
      left -= this.#search(entry, matcher);
    }
    this.#publish(isDone);
    if (!isDone) this.#timer = setTimeout(() => this.#work());
  }

  /** Returns the work done. */
  #search(entry: Entry, matcher: Matcher): number {
    let characters = 0;
    const matches = !entry.head.note && searchedTexts(entry, matcher.part).some((text) => {
      characters += text.length + PER_LINE;
      return matcher.test(text);
    });
    this.#known.set(entry, matches);
    return characters / matcher.part;
  }

  #publish(isDone: boolean): void {
    const found = new Set<number>();
    for (const entry of this.#entries) if (this.#known.get(entry)) found.add(entry.id);
    this.result.set({ matcher: this.#matcher, found, isDone, error: undefined });
  }
}
