import type { LevelName, LogMessage } from "../../../../../server/protocol/log.ts";
import { MISSING_LINES } from "../../components/labels.ts";
import { LineStore, type LineText, type Tone } from "../../lib/line_store.ts";
import { LiveSocket } from "../../lib/live.ts";
import { plainText } from "../../lib/plain_text.ts";
import type { Transport } from "../../lib/transport/transport.ts";

/** Number of past lines requested at each connect. */
const TAIL = 1000;
const TONES: Readonly<Record<LevelName, Tone>> = {
  DEBUG: "quiet",
  INFO: "info",
  WARN: "warning",
  ERROR: "error",
  FATAL: "error",
};

/** Live lines of DockStat's own log, from a level upwards. */
export class LogFeed implements Disposable {
  /** Received lines. */
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  /** Number of times that each recent line was shown, since a reconnect sends them again. */
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
    this.lines.flush();
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
    // Past lines arrive in order. If the first one is unknown, earlier ones may be missing.
    else if (this.#isFirstFrame) this.lines.push(GAP);
    this.#isFirstFrame = false;
    if (times === 0) this.lines.push(line);
  }
}

const GAP: LineText = {
  timestamp: "",
  text: MISSING_LINES,
  note: true,
};

/** Converts a message to a line of the list. */
function toLine({ level, timestamp, message, file, line }: LogMessage): LineText {
  const mark = { label: level, tone: TONES[level] };
  return { timestamp, mark, text: plainText(message), place: `${file}:${line}` };
}

function keyOf({ timestamp, text }: LineText): string {
  return `${timestamp} ${text}`;
}
