/** Bounded store of the newest lines of a stream, published a few times per second at most. */
import { Observable } from "./observable.ts";

/** Severity of a line's mark; `quiet` for ordinary lines. */
export type Tone = "error" | "warning" | "info" | "quiet";

/** A line before it is stored. */
export interface LineText {
  /** ISO 8601; empty when unknown. */
  readonly timestamp: string;
  /** Mark before the text, such as "WARN" or "stderr". */
  readonly mark?: { readonly label: string; readonly tone: Tone };
  readonly text: string;
  /** Source location, such as "serve.ts:70". */
  readonly place?: string;
  /** Set for notes that this page adds between the lines. */
  readonly note?: true;
}

/** A stored line. */
export interface Line extends LineText {
  /** Sequence number. */
  readonly id: number;
}

/** Snapshot of a store. */
export interface LineView {
  /** Oldest first. */
  readonly lines: readonly Line[];
  /** Total number of lines received. */
  readonly received: number;
  /** Number of older lines that were dropped. */
  readonly dropped: number;
}

/** Limits of a store. */
export interface LineBounds {
  readonly lines: number;
  /** Characters of all texts together, since one line may have millions. */
  readonly characters: number;
  /** Longest delay before a line is published, ms. */
  readonly flushMs: number;
}

const BOUNDS: LineBounds = { lines: 10_000, characters: 16_000_000, flushMs: 200 };
const EMPTY: LineView = { lines: [], received: 0, dropped: 0 };

/** Stores the newest lines and publishes them as {@linkcode LineView}. */
export class LineStore implements Disposable {
  /** Last published snapshot. */
  readonly view = new Observable<LineView>(EMPTY);
  #lines: Line[] = [];
  #characters = 0;
  #received = 0;
  #dropped = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly bounds: LineBounds = BOUNDS) {}

  /** Adds a line at the end. */
  push(line: LineText): void {
    this.#lines.push({ ...line, id: this.#received++ });
    this.#characters += line.text.length;
    // Trims in batches, since each trim moves all remaining lines.
    if (this.#lines.length > this.bounds.lines * 2 || this.#characters > this.bounds.characters * 2) {
      this.#trim();
    }
    this.#timer ??= setTimeout(() => this.flush(), this.bounds.flushMs);
  }

  /** Publishes pending lines immediately. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#trim();
    this.view.set({ lines: this.#lines.slice(), received: this.#received, dropped: this.#dropped });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #trim(): void {
    const { lines, characters } = this.bounds;
    let first = 0;
    // Keeps the newest line, whatever its length.
    while (
      this.#lines.length - first > 1 && (this.#lines.length - first > lines || this.#characters > characters)
    ) {
      this.#characters -= this.#lines[first++]!.text.length;
    }
    if (first > 0) this.#lines.splice(0, first);
    this.#dropped += first;
  }
}

/** Returns the lines as a text file that mentions dropped lines at the top. */
export function asText({ lines, dropped }: LineView): string {
  const header = dropped === 0 ? [] : [`# ${dropped} older ${dropped === 1 ? "line" : "lines"} dropped`];
  return [...header, ...lines.map(asTextLine), ""].join("\n");
}

function asTextLine({ timestamp, mark, text, place, note }: Line): string {
  const parts = [timestamp, mark?.label, text, place && `(${place})`].filter((part) =>
    part !== undefined && part !== ""
  );
  return `${note ? "# " : ""}${parts.join(" ")}`;
}
