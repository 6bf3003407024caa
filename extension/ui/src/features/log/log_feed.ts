import type { LevelName, LogMessage } from "../../../../../server/protocol/log.ts";
import { LineStore, type LineText, type Tone } from "../../lib/line_store.ts";
import { LiveSocket } from "../../lib/live.ts";
import { plainText } from "../../lib/plain_text.ts";
import type { Transport } from "../../lib/transport/transport.ts";

/** How many lines of the past are asked for at each connect. */
const TAIL = 1000;
const TONES: Readonly<Record<LevelName, Tone>> = {
  DEBUG: "quiet",
  INFO: "info",
  WARN: "warning",
  ERROR: "error",
  FATAL: "error",
};

/** The log from a level on, for as long as it is looked at. */
export class LogFeed implements Disposable {
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  /** How often each of the newest lines has been shown: a reconnect tells them again. */
  #shown = new Map<string, number>();
  #isFirstFrame = false;

  constructor(transport: Transport, readonly level: LevelName) {
    this.socket = new LiveSocket(transport, {
      path: () => `/logs/ws?tail=${TAIL}&level=${level}`,
      onOpen: () => this.#reopened(),
      onFrame: (text) => this.#frame(JSON.parse(text)),
    });
  }

  [Symbol.dispose](): void {
    this.socket[Symbol.dispose]();
    this.lines[Symbol.dispose]();
  }

  #reopened(): void {
    this.lines.tell();
    this.#shown = new Map();
    for (const line of this.lines.view.value.lines.slice(-TAIL)) {
      if (!line.note) this.#shown.set(keyOf(line), (this.#shown.get(keyOf(line)) ?? 0) + 1);
    }
    this.#isFirstFrame = this.#shown.size > 0;
  }

  #frame(message: LogMessage): void {
    const line = toLine(message);
    const times = this.#shown.get(keyOf(line)) ?? 0;
    if (times > 0) this.#shown.set(keyOf(line), times - 1);
    // The lines of the past come in a row: when the first of them is not known, there may be others before it.
    else if (this.#isFirstFrame) this.lines.push(GAP);
    this.#isFirstFrame = false;
    if (times === 0) this.lines.push(line);
  }
}

const GAP: LineText = {
  timestamp: "",
  text: "The connection was lost: lines may be missing here.",
  note: true,
};

/** A line of the log, as the list shows it. */
function toLine({ level, timestamp, message, file, line }: LogMessage): LineText {
  const mark = { word: level, tone: TONES[level] };
  return { timestamp, mark, text: plainText(message), place: `${file}:${line}` };
}

function keyOf({ timestamp, text }: LineText): string {
  return `${timestamp} ${text}`;
}
