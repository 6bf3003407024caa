/**
 * DockStat's own log, by LogTape: one line per fact, to stderr, since stdout belongs to answers.
 * Modules call `getLogger(["dockstat", …])` and nothing else.
 */
import { configureSync, type LogRecord, resetSync } from "@logtape/logtape";
import { callSite } from "./call_site.ts";
import { prettyLine } from "./format.ts";
import { LogLines } from "./recent_lines.ts";
import type { LevelName, LogMessage } from "../protocol/log.ts";
import { redact } from "./redact.ts";

export { getLogger } from "@logtape/logtape";

/** The levels an operator can name, lowest first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "fatal"] as const;
/** One of {@linkcode LOG_LEVELS}. */
export type Level = (typeof LOG_LEVELS)[number];

/** How a line of the log looks. */
export const LOG_FORMATS = ["pretty", "json"] as const;
/** One of {@linkcode LOG_FORMATS}. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What of the log is written, and how. */
export interface LogSettings {
  readonly level: Level;
  readonly format: LogFormat;
}

/** The newest lines, for `/logs/ws` and `GET /logs`. */
export const logLines = new LogLines(2000);

/** A longer message is cut: a line of the log is for people. */
const LONGEST_MESSAGE = 16 * 1024;

const encoder = new TextEncoder();

/** Sends the log to stderr and to {@linkcode logLines} from now on; disposing it makes the log silent again. */
export function startLog(settings: LogSettings): Disposable {
  const format = settings.format === "json" ? (line: LogMessage) => JSON.stringify(line) : prettyFormatter();
  const sink = (record: LogRecord) => {
    const line = toLine(record);
    logLines.add(line);
    writeAll(encoder.encode(`${format(line)}\n`));
  };
  configureSync({
    reset: true,
    sinks: { lines: sink },
    loggers: [
      {
        category: "dockstat",
        sinks: ["lines"],
        lowestLevel: settings.level === "warn" ? "warning" : settings.level,
      },
      // LogTape's own notes about itself: only what needs an operator.
      { category: ["logtape", "meta"], sinks: ["lines"], lowestLevel: "error" },
    ],
  });
  return { [Symbol.dispose]: resetSync };
}

function toLine({ level, timestamp, message }: LogRecord): LogMessage {
  const text = redact(message.map((part) => plainText(part)).join(""));
  const { file, line } = callSite() ?? { file: "unknown", line: 0 };
  return {
    level: level === "warning" ? "WARN" : level.toUpperCase() as LevelName,
    timestamp: new Date(timestamp).toISOString(),
    message: text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text,
    file,
    line,
  };
}

/** Ids and addresses read better without quotes around them. */
function plainText(value: unknown): string {
  return typeof value === "string"
    ? value
    : value instanceof Error
    ? value.stack ?? value.message
    : Deno.inspect(value);
}

function prettyFormatter(): (line: LogMessage) => string {
  const colors = Deno.stderr.isTerminal() && !Deno.noColor;
  return (line) => prettyLine(line, colors);
}

function writeAll(bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
  } catch {
    // A closed or full stderr must not end the server, and there is nowhere left to say so.
  }
}
