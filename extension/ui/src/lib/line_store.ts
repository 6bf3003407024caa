/** The newest lines of something that goes on writing: bounded, and told a few times a second at most. */
import { Observable } from "./observable.ts";

/** How serious a word before a line is; `quiet` is nothing out of the ordinary. */
export type Tone = "error" | "warning" | "info" | "quiet";

/** What is told of a line. */
export interface LineText {
  /** ISO 8601; empty when it is not known. */
  readonly timestamp: string;
  /** A word before the text, such as "WARN" or "stderr". */
  readonly mark?: { readonly word: string; readonly tone: Tone };
  readonly text: string;
  /** Where it comes from, such as "serve.ts:70". */
  readonly place?: string;
  /** Said by this page about the lines, not by whoever writes them. */
  readonly note?: true;
}

/** A line that is kept. */
export interface Line extends LineText {
  /** Grows by one from line to line. */
  readonly id: number;
}

/** All that is kept at one moment. */
export interface LineView {
  /** Oldest first. */
  readonly lines: readonly Line[];
  /** How many lines have come in all. */
  readonly received: number;
  /** How many of them had to go for newer ones. */
  readonly dropped: number;
}

/** How much is kept, and how soon it is told. */
export interface LineBounds {
  readonly lines: number;
  /** Characters of all texts together: one line may have millions. */
  readonly characters: number;
  /** The longest time from a line to its being told, ms. */
  readonly tellMs: number;
}

const BOUNDS: LineBounds = { lines: 10_000, characters: 16_000_000, tellMs: 200 };
const EMPTY: LineView = { lines: [], received: 0, dropped: 0 };

/** Keeps the newest lines. */
export class LineStore implements Disposable {
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
    // Cut now and then, not at each line: moving the rest costs as much as the rest is long.
    if (this.#lines.length > this.bounds.lines * 2 || this.#characters > this.bounds.characters * 2) {
      this.#cut();
    }
    this.#timer ??= setTimeout(() => this.tell(), this.bounds.tellMs);
  }

  /** Tells what has come now instead of in a moment. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#cut();
    this.view.set({ lines: this.#lines.slice(), received: this.#received, dropped: this.#dropped });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #cut(): void {
    const { lines, characters } = this.bounds;
    let first = 0;
    // The newest line stays, however long it is.
    while (
      this.#lines.length - first > 1 && (this.#lines.length - first > lines || this.#characters > characters)
    ) {
      this.#characters -= this.#lines[first++]!.text.length;
    }
    if (first > 0) this.#lines.splice(0, first);
    this.#dropped += first;
  }
}

/** The lines as a text file, what had to go mentioned at its top. */
export function asText({ lines, dropped }: LineView): string {
  const gone = dropped === 0 ? [] : [`# the oldest ${dropped} lines were no longer kept`];
  return [...gone, ...lines.map(asTextLine), ""].join("\n");
}

function asTextLine({ timestamp, mark, text, place, note }: Line): string {
  const words = [timestamp, mark?.word, text, place && `(${place})`].filter((word) =>
    word !== undefined && word !== ""
  );
  return `${note ? "# " : ""}${words.join(" ")}`;
}
