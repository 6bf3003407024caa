/** Pure: a container's output as the engine streams it, framed or as a terminal's → lines. */

/** One line that a container wrote. */
export interface OutputLine {
  /** When the engine got it, ISO 8601 with nanoseconds; empty where the engine did not say. */
  readonly timestamp: string;
  readonly message: string;
  readonly stream: "stdout" | "stderr";
}

/** What waits for the rest of its line: pieces, and the time of the first. */
interface Partial {
  timestamp: string;
  bytes: Uint8Array[];
  length: number;
}

const HEADER = 8;
const LF = 10;
const CR = 13;
const SPACE = 32;
/** "2026-08-01T12:00:00.123456789Z", which the engine puts before each piece that it stored. */
const STAMP = 30;
/** The engine stores longer lines in pieces of this many bytes, each with a stamp of its own. */
const PIECE = 16 * 1024;
/** A line without an end is told in parts of this size: memory stays bounded. */
const LONGEST_LINE = 2 * 1024 * 1024;
/** No engine writes more in one frame. */
const LONGEST_FRAME = 16 * 1024 * 1024;

/** Cuts one container's stream into lines, across chunks and within characters. */
export class Demux {
  #rest = new Uint8Array();
  readonly #partials: Record<OutputLine["stream"], Partial> = { stdout: empty(), stderr: empty() };

  /** @param tty Whether the container has a terminal: then its output is not framed, and all of it is stdout. */
  constructor(readonly tty: boolean) {}

  /**
   * The lines that a chunk completes.
   *
   * @throws {Error} when the stream is not one of output.
   */
  push(chunk: Uint8Array): OutputLine[] {
    const lines: OutputLine[] = [];
    const bytes = this.#rest.length === 0 ? chunk : joined([this.#rest, chunk]);
    const used = this.tty ? this.#terminal(bytes, lines) : this.#frames(bytes, lines);
    this.#rest = bytes.slice(used);
    return lines;
  }

  /** What was left without the end of its line. */
  end(): OutputLine[] {
    const lines: OutputLine[] = [];
    if (this.tty && this.#rest.length > 0) this.#piece("stdout", this.#rest, lines);
    this.#rest = new Uint8Array();
    for (const stream of ["stdout", "stderr"] as const) {
      if (this.#partials[stream].length > 0) this.#finish(stream, lines);
    }
    return lines;
  }

  /** Frames: one byte of stream, three of nothing, four of length, and what was written. */
  #frames(bytes: Uint8Array, lines: OutputLine[]): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (at + HEADER <= bytes.length) {
      const length = view.getUint32(at + 4);
      if (length > LONGEST_FRAME) {
        throw new Error(`the engine announces a piece of output of ${length} bytes`);
      }
      const end = at + HEADER + length;
      if (end > bytes.length) break;
      this.#piece(bytes[at] === 2 ? "stderr" : "stdout", bytes.subarray(at + HEADER, end), lines);
      at = end;
    }
    return at;
  }

  /** A terminal's output: pieces end with a line feed, or after as many bytes as the engine stores together. */
  #terminal(bytes: Uint8Array, lines: OutputLine[]): number {
    let at = 0;
    for (;;) {
      const feed = bytes.indexOf(LF, at);
      const whole = at + STAMP + 1 + PIECE;
      if (feed >= 0 && feed < whole) {
        this.#piece("stdout", bytes.subarray(at, feed + 1), lines);
        at = feed + 1;
      } else if (bytes.length >= whole) {
        this.#piece("stdout", bytes.subarray(at, whole), lines);
        at = whole;
      } else return at;
    }
  }

  #piece(stream: OutputLine["stream"], bytes: Uint8Array, lines: OutputLine[]): void {
    const partial = this.#partials[stream];
    if (partial.length === 0 && bytes[bytes.length - 1] === LF && isStamped(bytes)) {
      // Nearly every line: whole, and with its stamp.
      const text = decoder.decode(bytes.subarray(0, bytes.length - (bytes[bytes.length - 2] === CR ? 2 : 1)));
      lines.push({ timestamp: text.slice(0, STAMP), message: text.slice(STAMP + 1), stream });
      return;
    }
    const stamped = isStamped(bytes);
    if (partial.length === 0 && stamped) partial.timestamp = decoder.decode(bytes.subarray(0, STAMP));
    const content = stamped ? bytes.subarray(STAMP + 1) : bytes;
    const ends = content.at(-1) === LF;
    // Kept beyond this chunk, whose memory the next read may use again.
    partial.bytes.push(ends ? content : content.slice());
    partial.length += content.length;
    if (ends || partial.length >= LONGEST_LINE) this.#finish(stream, lines);
  }

  #finish(stream: OutputLine["stream"], lines: OutputLine[]): void {
    const { timestamp, bytes } = this.#partials[stream];
    const whole = bytes.length === 1 ? bytes[0]! : joined(bytes);
    this.#partials[stream] = empty();
    let end = whole.length;
    if (whole[end - 1] === LF) end--;
    if (whole[end - 1] === CR) end--;
    lines.push({ timestamp, message: decoder.decode(whole.subarray(0, end)), stream });
  }
}

const decoder = new TextDecoder();

/** Whether bytes begin with a time in Z and a space. */
function isStamped(bytes: Uint8Array): boolean {
  return bytes[STAMP] === SPACE && bytes[STAMP - 1] === 0x5a;
}

function empty(): Partial {
  return { timestamp: "", bytes: [], length: 0 };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
