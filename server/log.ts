/**
 * DockStat's own log, by LogTape: one line per fact, to stderr, since stdout belongs to answers.
 * Modules call `getLogger(["dockstat", …])` and nothing else.
 */
import {
  configureSync,
  getAnsiColorFormatter,
  getTextFormatter,
  type LogLevel,
  type LogRecord,
  resetSync,
} from "@logtape/logtape";

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

const encoder = new TextEncoder();

/** Sends the log to stderr from now on; disposing it makes the log silent again. */
export function startLog(settings: LogSettings): Disposable {
  const format = formatter(settings.format);
  configureSync({
    reset: true,
    sinks: { stderr: (record: LogRecord) => writeAll(encoder.encode(format(record))) },
    loggers: [
      { category: "dockstat", sinks: ["stderr"], lowestLevel: toLogTape(settings.level) },
      // LogTape's own notes about itself: only what needs an operator.
      { category: ["logtape", "meta"], sinks: ["stderr"], lowestLevel: "error" },
    ],
  });
  return { [Symbol.dispose]: resetSync };
}

function formatter(format: LogFormat): (record: LogRecord) => string {
  if (format === "json") return (record) => `${JSON.stringify(toLine(record))}\n`;
  const make = Deno.stderr.isTerminal() ? getAnsiColorFormatter : getTextFormatter;
  // Ids and addresses read better without quotes around them.
  return make({ timestamp: "time", level: "full", value: plainText });
}

function toLine({ level, timestamp, message, category }: LogRecord): object {
  return {
    level: level === "warning" ? "WARN" : level.toUpperCase(),
    timestamp: new Date(timestamp).toISOString(),
    message: message.map((part) => plainText(part)).join(""),
    logger: category.join("."),
  };
}

function plainText(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value);
}

function toLogTape(level: Level): LogLevel {
  return level === "warn" ? "warning" : level;
}

function writeAll(bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
  } catch {
    // A closed or full stderr must not end the server, and there is nowhere left to say so.
  }
}
