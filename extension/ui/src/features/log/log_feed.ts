import type { LevelName, LogMessage } from "../../../../../server/protocol/log.ts";
import { MISSING_LINES } from "../../components/labels.ts";
import type { Level } from "../../lib/lines/level.ts";
import { linesOf, type LineText } from "../../lib/lines/line.ts";
import { LineStore } from "../../lib/lines/line_store.ts";
import { LiveSocket } from "../../lib/live.ts";
import { terminalText } from "../../lib/plain_text.ts";
import type { Transport } from "../../lib/transport/transport.ts";

/** Number of past lines requested at each connect. */
const TAIL = 1000;
const LEVELS: Readonly<Record<LevelName, Level>> = {
  DEBUG: "debug",
  INFO: "info",
  WARN: "warning",
  ERROR: "error",
  FATAL: "fatal",
};

/** Live lines of DockStat's own log. */
export class LogFeed implements Disposable {
  /** Received lines. */
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  /** Number of times that each recent line was shown, since a reconnect sends them again. */
  #shown = new Map<string, number>();
  #isFirstFrame = false;

  constructor(transport: Transport) {
    this.socket = new LiveSocket(transport, {
      path: () => `/logs/ws?tail=${TAIL}`,
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
    for (const line of this.lines.view.value.entries.flatMap(linesOf).slice(-TAIL)) {
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
  return { timestamp, level: LEVELS[level], ...terminalText(message), place: `${file}:${line}` };
}

function keyOf({ timestamp, text }: LineText): string {
  return `${timestamp} ${text}`;
}
