/** Pure: splits a container's output stream, multiplexed or from a TTY, into lines. */
import { formatMoment, parseMoment } from "../moment.ts";
import { GrowingBytes } from "./text/growing_bytes.ts";

/** One line of container output. */
export interface OutputLine {
  /** Time at which the engine received it, ISO 8601 in UTC with nanoseconds; empty if the engine did not say. */
  readonly timestamp: string;
  readonly message: string;
  readonly stream: "stdout" | "stderr";
}

/** An unfinished line, and the timestamp of its first piece. */
interface Partial {
  timestamp: string;
  readonly bytes: GrowingBytes;
}

const HEADER = 8;
const LF = 10;
const CR = 13;
const SPACE = 32;
const Z = 0x5a;
/** Length of "2026-08-01T12:00:00.123456789Z", which Docker writes before each stored piece. */
const STAMP = 30;
/** Length of the longest timestamp; Podman writes local time with an offset, or whole seconds. */
const LONGEST_STAMP = 35;
/** The engine stores longer lines in pieces of this many bytes, each with its own timestamp. */
const PIECE = 16 * 1024;
/** Longest line in bytes; longer ones are sent in parts of this size to bound memory. */
const LONGEST_LINE = 2 * 1024 * 1024;
/** Largest frame that an engine writes, bytes. */
const LONGEST_FRAME = 16 * 1024 * 1024;

/** Splits one container's stream into lines, across chunks and within characters. */
export class Demux {
  /** Begins with bytes of an unfinished frame. */
  #rest = new Uint8Array();
  #restLength = 0;
  readonly #partials: Record<OutputLine["stream"], Partial> = { stdout: empty(), stderr: empty() };

  /** @param tty Whether the container has a TTY; its output is then unframed and all of it is stdout. */
  constructor(readonly tty: boolean) {}

  /**
   * Returns the lines that a chunk completes. The chunk is overwritten.
   *
   * @throws {Error} when the stream is not container output.
   */
  push(chunk: Uint8Array): OutputLine[] {
    const lines: OutputLine[] = [];
    const bytes = this.#restLength === 0 ? chunk : this.#append(chunk);
    const used = this.tty ? this.#terminal(bytes, lines) : this.#frames(bytes, lines);
    // A frame that grows piece by piece stays where it is.
    if (this.#restLength === 0 || used > 0) this.#rest = bytes.slice(used);
    this.#restLength = bytes.length - used;
    return lines;
  }

  /** Returns the unfinished last lines. */
  end(): OutputLine[] {
    const lines: OutputLine[] = [];
    if (this.tty && this.#restLength > 0) {
      this.#piece("stdout", this.#rest.subarray(0, this.#restLength), lines);
    }
    this.#restLength = 0;
    for (const stream of ["stdout", "stderr"] as const) {
      if (this.#partials[stream].bytes.length > 0) this.#finish(stream, lines);
    }
    return lines;
  }

  /** Returns the rest and a chunk as one. */
  #append(chunk: Uint8Array): Uint8Array {
    const length = this.#restLength + chunk.length;
    if (length > this.#rest.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#rest.length));
      larger.set(this.#rest.subarray(0, this.#restLength));
      this.#rest = larger;
    }
    this.#rest.set(chunk, this.#restLength);
    return this.#rest.subarray(0, length);
  }

  /** Reads frames: one byte for the stream, three unused, four for the length, then the payload. */
  #frames(bytes: Uint8Array, lines: OutputLine[]): number {
    const starts: number[] = [];
    let at = 0;
    while (at + HEADER <= bytes.length) {
      const length = frameLength(bytes, at);
      if (length > LONGEST_FRAME) throw new Error(`the engine announced a frame of ${length} bytes`);
      if (at + HEADER + length > bytes.length) break;
      starts.push(at);
      at += HEADER + length;
    }
    const text = textOf(bytes, starts, at);
    for (let index = 0; index < starts.length; index++) {
      const start = starts[index]!;
      const stream = bytes[start] === 2 ? "stderr" : "stdout";
      const end = starts[index + 1] ?? at;
      if (text === undefined || !this.#line(stream, bytes, text, start + HEADER, end, lines)) {
        this.#piece(stream, bytes.subarray(start + HEADER, end), lines);
      }
    }
    return at;
  }

  /** Adds a whole line with its timestamp, which nearly all frames are; returns false for any other frame. */
  #line(
    stream: OutputLine["stream"],
    bytes: Uint8Array,
    text: string,
    start: number,
    end: number,
    lines: OutputLine[],
  ): boolean {
    const space = start + STAMP;
    if (space >= end - 1 || bytes[space] !== SPACE || bytes[space - 1] !== Z) return false;
    if (bytes[end - 1] !== LF || this.#partials[stream].bytes.length > 0) return false;
    const last = end - (bytes[end - 2] === CR ? 2 : 1);
    lines.push({ timestamp: text.slice(start, space), message: text.slice(space + 1, last), stream });
    return true;
  }

  /** Reads TTY output: pieces end with a line feed, or at the engine's piece size. */
  #terminal(bytes: Uint8Array, lines: OutputLine[]): number {
    let at = 0;
    for (;;) {
      const feed = bytes.indexOf(LF, at);
      const whole = at + (stampLength(bytes, at) || STAMP) + 1 + PIECE;
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
    const stamp = stampLength(bytes);
    if (partial.bytes.length === 0 && bytes[bytes.length - 1] === LF && stamp > 0) {
      // The common case: a whole line with its timestamp.
      const text = decoder.decode(bytes.subarray(0, bytes.length - (bytes[bytes.length - 2] === CR ? 2 : 1)));
      lines.push({ timestamp: utc(text.slice(0, stamp)), message: text.slice(stamp + 1), stream });
      return;
    }
    if (partial.bytes.length === 0 && stamp > 0) {
      partial.timestamp = utc(decoder.decode(bytes.subarray(0, stamp)));
    }
    const content = stamp > 0 ? bytes.subarray(stamp + 1) : bytes;
    partial.bytes.append(content);
    if (content.at(-1) === LF || partial.bytes.length >= LONGEST_LINE) this.#finish(stream, lines);
  }

  #finish(stream: OutputLine["stream"], lines: OutputLine[]): void {
    const { timestamp, bytes: line } = this.#partials[stream];
    this.#partials[stream] = empty();
    const bytes = line.take();
    let end = bytes.length;
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    lines.push({ timestamp, message: decoder.decode(bytes.subarray(0, end)), stream });
  }
}

const decoder = new TextDecoder();

function frameLength(bytes: Uint8Array, at: number): number {
  return bytes[at + 4]! * 0x1000000 + (bytes[at + 5]! << 16 | bytes[at + 6]! << 8 | bytes[at + 7]!);
}

/**
 * Decodes the payloads of frames at once, which takes much less time than one by one. Each byte has one character,
 * at the same place; `undefined` if that is not possible.
 */
function textOf(bytes: Uint8Array, starts: readonly number[], end: number): string | undefined {
  // The length of a frame may look like the beginning of a character.
  for (const start of starts) bytes.fill(0, start + 4, start + HEADER);
  const text = decoder.decode(bytes.subarray(0, end));
  return text.length === end ? text : undefined;
}

/** Returns the length of the timestamp before a space at a place; 0 without one. */
function stampLength(bytes: Uint8Array, at = 0): number {
  if (bytes[at + STAMP] === SPACE && bytes[at + STAMP - 1] === Z) return STAMP;
  const head = bytes.subarray(at, at + LONGEST_STAMP + 1);
  const length = head.indexOf(SPACE);
  return length > 0 && parseMoment(decoder.decode(head.subarray(0, length))) !== undefined ? length : 0;
}

/** Returns a timestamp of any engine in the form that Docker writes, so that timestamps compare as texts. */
function utc(timestamp: string): string {
  if (timestamp.length === STAMP && timestamp.endsWith("Z")) return timestamp;
  const moment = parseMoment(timestamp);
  return moment === undefined ? "" : formatMoment(moment);
}

function empty(): Partial {
  return { timestamp: "", bytes: new GrowingBytes() };
}
