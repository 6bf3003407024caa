/** Bounds of answers in progress: an engine may send several at once, and none of them may end. */

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** Kind of an answer: the numbers of a container, something else about one thing, or a list of things. */
export type AnswerKind = "reading" | "details" | "list";

/** Largest answer of each kind in bytes; a list may have 10,000 containers. */
export const LARGEST: Readonly<Record<AnswerKind, number>> = {
  reading: 256 * KILOBYTE,
  details: MEGABYTE,
  list: 16 * MEGABYTE,
};
/** Bytes of all answers in progress together, without lists, of which few are read at once. */
const LARGEST_SUM = 8 * MEGABYTE;
/** Bytes of an answer that do not count towards those of all: most answers have fewer. */
const FREE = 16 * KILOBYTE;
/** Longest line of a stream in bytes; an event has all labels of its container. */
export const LONGEST_LINE = MEGABYTE;

/** Bytes that all answers in progress of one engine hold together. */
export class AnswerBytes {
  readonly #held = { lists: 0, others: 0 };

  /** Begins an answer, which holds nothing yet. */
  open(kind: AnswerKind): HeldBytes {
    const [pool, most] = kind === "list"
      ? ["lists", LARGEST.list] as const
      : ["others", LARGEST_SUM] as const;
    return new HeldBytes(LARGEST[kind], (change) => {
      this.#held[pool] += change;
      return this.#held[pool] <= most;
    });
  }
}

/** Bytes that one answer holds; disposing it gives them back. */
export class HeldBytes implements Disposable {
  #charged = 0;

  /** @param change Adds to the bytes of all answers; returns false when they are too many. */
  constructor(readonly most: number, readonly change: (bytes: number) => boolean) {}

  /**
   * Sets the size of the answer so far.
   *
   * @throws {TypeError} when it is too large, or all answers together are.
   */
  resize(bytes: number): void {
    const charged = Math.max(0, bytes - FREE);
    const fits = this.change(charged - this.#charged);
    this.#charged = charged;
    if (!fits || bytes > this.most) throw new TypeError("the answer is too large");
  }

  [Symbol.dispose](): void {
    this.change(-this.#charged);
    this.#charged = 0;
  }
}

const decoder = new TextDecoder();

/** Joins the parts of an answer. Texts of parts would take twice the memory while an answer is read. */
export function joined(parts: readonly Uint8Array[]): string {
  if (parts.length === 1) return decoder.decode(parts[0]);
  const texts = new TextDecoder();
  let text = "";
  for (const part of parts) text += texts.decode(part, { stream: true });
  return text + texts.decode();
}

/** The parts of an answer so far. Disposing them frees their memory. */
export class AnswerParts implements Disposable {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  constructor(readonly held: HeldBytes) {}

  /**
   * Adds a part, which no one else may use afterwards.
   *
   * @throws {TypeError} when the answer is too large.
   */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    this.held.resize(this.#size);
  }

  /** Returns the parts as text. */
  text(): string {
    return joined(this.#parts);
  }

  [Symbol.dispose](): void {
    // The garbage collector would notice the parts of many large answers too late.
    for (const { buffer } of this.#parts.splice(0)) if (!buffer.detached) buffer.transfer(0);
  }
}
