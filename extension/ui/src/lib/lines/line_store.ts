/** Bounded part of a log, grouped into entries, published a few times per second at most. */
import { Observable } from "../observable.ts";
import { EntryBuilder } from "./entry_builder.ts";
import { type Entry, type Line, linesOf, type LineText } from "./line.ts";

/** Snapshot of a store. */
export interface LineView {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** Number of lines of the entries. */
  readonly lines: number;
  /** Total number of live lines, also those that are not stored. */
  readonly received: number;
  /** Number of older lines that were dropped. */
  readonly dropped: number;
  /** True if the newest line of the log is the last one here. */
  readonly atEnd: boolean;
}

/** Limits of a store. */
export interface LineBounds {
  /** Number of lines while the end is followed; a reader elsewhere may load twice as many. */
  readonly lines: number;
  /** Characters of all texts together, since one line may have millions. */
  readonly characters: number;
  /** Longest delay before a line is published, ms; more when there are very many lines. */
  readonly flushMs: number;
}

const BOUNDS: LineBounds = { lines: 10_000, characters: 16_000_000, flushMs: 200 };
/** Number of lines between two snapshots above which snapshots are rarer, and their delay, ms. */
const BUSY_LINES = 400;
const BUSY_FLUSH_MS = 500;
const EMPTY: LineView = { entries: [], lines: 0, received: 0, dropped: 0, atEnd: true };
/** Number of entries at a border that are grouped again with lines loaded before them. */
const BORDER = 50;

/** Stores a part of a log and publishes it as {@linkcode LineView}. */
export class LineStore implements Disposable {
  /** Last published snapshot. */
  readonly view = new Observable<LineView>(EMPTY);
  #builder = new EntryBuilder();
  #lines = 0;
  #characters = 0;
  #received = 0;
  #dropped = 0;
  #nextId = 0;
  #firstId = 0;
  #atEnd = true;
  #held = false;
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly bounds: LineBounds = BOUNDS) {}

  /** Adds a live line at the end, unless the end is not stored. */
  push(line: LineText): void {
    this.#received++;
    if (this.#held && this.#isFull(2)) this.#atEnd = false;
    if (this.#atEnd) {
      this.#add(line);
      // Trims in batches, since each trim moves all remaining entries.
      if (!this.#held && this.#isFull(2)) this.#trimStart(1);
    }
    this.#timer ??= setTimeout(() => this.flush(), this.#isBusy ? BUSY_FLUSH_MS : this.bounds.flushMs);
  }

  /** Publishes pending lines immediately. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#held) this.#trimStart(1);
    this.#isBusy = this.#received - this.view.value.received > BUSY_LINES;
    this.view.set({
      entries: this.#builder.entries.slice(),
      lines: this.#lines,
      received: this.#received,
      dropped: this.#dropped,
      atEnd: this.#atEnd,
    });
  }

  /** Keeps the oldest lines while a user reads them; new lines are dropped when the store is full. */
  hold(held: boolean): void {
    this.#held = held;
  }

  /** Adds lines before the first one, and drops the newest lines if there are too many. */
  prepend(lines: readonly LineText[]): void {
    const { entries } = this.#builder;
    const before = new EntryBuilder();
    this.#firstId -= lines.length;
    lines.forEach((line, index) => before.add({ ...line, id: this.#firstId + index }));
    // The first lines may continue a trace that the loaded lines begin.
    for (const line of this.#builder.remove(0, BORDER).flatMap(linesOf)) before.add(line);
    entries.unshift(...before.entries);
    this.#count(lines, 1);
    this.#dropped = Math.max(this.#dropped - lines.length, 0);
    this.#trimEnd();
    this.flush();
  }

  /** Adds lines after the last one, and drops the oldest lines if there are too many. */
  append(lines: readonly LineText[], atEnd: boolean): void {
    for (const line of lines) this.#add(line);
    this.#atEnd = atEnd;
    this.#trimStart(2);
    this.flush();
  }

  /** Inserts notes by their timestamps. Those beyond the loaded lines are left out. */
  insertNotes(notes: readonly LineText[]): void {
    const { entries } = this.#builder;
    for (const note of notes) {
      const index = entries.findIndex(({ head }) => head.timestamp > note.timestamp);
      if (index === 0 || entries.length === 0 || index < 0 && !this.#atEnd) continue;
      const id = this.#nextId++;
      const entry = { id, head: { ...note, id }, rest: [], level: undefined, at: Date.parse(note.timestamp) };
      entries.splice(index < 0 ? entries.length : index, 0, entry);
      this.#count([note], 1);
    }
    this.flush();
  }

  /** Replaces all lines. */
  replace(lines: readonly LineText[], atEnd: boolean): void {
    this.#builder = new EntryBuilder();
    [this.#lines, this.#characters, this.#dropped] = [0, 0, 0];
    this.append(lines, atEnd);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #add(line: LineText): void {
    this.#builder.add({ ...line, id: this.#nextId++ });
    this.#count([line], 1);
  }

  #count(lines: readonly LineText[], sign: 1 | -1): void {
    this.#lines += sign * lines.length;
    for (const { text } of lines) this.#characters += sign * text.length;
  }

  #isFull(times: 1 | 2): boolean {
    return this.#lines > this.bounds.lines * times || this.#characters > this.bounds.characters * times;
  }

  #trimStart(times: 1 | 2): void {
    const { entries } = this.#builder;
    let first = 0;
    // Keeps the newest entry, whatever its length.
    for (; entries.length - first > 1 && this.#isFull(times); first++) {
      const lines = linesOf(entries[first]!);
      this.#count(lines, -1);
      this.#dropped += lines.length;
    }
    if (first > 0) this.#builder.remove(0, first);
  }

  #trimEnd(): void {
    const { entries } = this.#builder;
    let last = entries.length;
    for (; last > 1 && this.#isFull(2); last--) this.#count(linesOf(entries[last - 1]!), -1);
    if (last === entries.length) return;
    this.#builder.remove(last, entries.length - last);
    this.#atEnd = false;
  }
}

/** Returns the oldest line of a view that is not a note. */
export function firstLine({ entries }: LineView, source?: string): Line | undefined {
  return entries.find(({ head }) => !head.note && (source === undefined || head.source === source))?.head;
}

/** Returns the newest line of a view that is not a note. */
export function lastLine({ entries }: LineView, source?: string): Line | undefined {
  const entry = entries.findLast(({ head }) =>
    !head.note && (source === undefined || head.source === source)
  );
  return entry && linesOf(entry).at(-1);
}
