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
/** Most bytes that are reserved for the next ones of an answer. */
const LARGEST_PART = 64 * KILOBYTE;
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

/** The parts of an answer so far, all added or all copied. Disposing them frees their memory. */
export class AnswerParts implements Disposable {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  /** Bytes at the end of the last part that are not used yet. */
  #free = 0;

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

  /**
   * Adds a copy of bytes; small ones share the memory of a part, since each part needs 500 bytes.
   *
   * @throws {TypeError} when the answer is too large.
   */
  copy(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.held.resize(this.#size);
    const fitting = bytes.subarray(0, this.#free);
    const last = this.#parts.at(-1);
    last?.set(fitting, last.length - this.#free);
    this.#free -= fitting.length;
    const rest = bytes.subarray(fitting.length);
    if (rest.length === 0) return;
    const part = new Uint8Array(Math.max(rest.length, Math.min(this.#size, LARGEST_PART)));
    part.set(rest);
    this.#parts.push(part);
    this.#free = part.length - rest.length;
  }

  /** Returns the parts as text. */
  text(): string {
    const last = this.#parts.pop();
    if (last !== undefined) this.#parts.push(last.subarray(0, last.length - this.#free));
    this.#free = 0;
    return joined(this.#parts);
  }

  [Symbol.dispose](): void {
    // The garbage collector would notice the parts of many large answers too late.
    for (const { buffer } of this.#parts.splice(0)) if (!buffer.detached) buffer.transfer(0);
  }
}
