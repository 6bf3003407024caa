/**
 * DockStat's own log, by LogTape: one line per fact, to stderr because stdout is for answers. Modules only call
 * `getLogger(["dockstat", …])`.
 */
import { configureSync, type LogRecord, resetSync } from "@logtape/logtape";
import { callSite } from "./call_site.ts";
import { prettyLine } from "./format.ts";
import { LogLines } from "./recent_lines.ts";
import type { LevelName, LogMessage } from "../protocol/log.ts";
import { redact } from "./redact.ts";

export { getLogger } from "@logtape/logtape";

/** Levels that operators can choose, lowest first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "fatal"] as const;
/** One of {@linkcode LOG_LEVELS}. */
export type Level = (typeof LOG_LEVELS)[number];

/** Formats of a log line. */
export const LOG_FORMATS = ["pretty", "json"] as const;
/** One of {@linkcode LOG_FORMATS}. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Log settings. */
export interface LogSettings {
  readonly level: Level;
  readonly format: LogFormat;
}

/** Newest lines, for `/logs/ws` and `GET /logs`. */
export const logLines = new LogLines(2000);

/** Longest message in characters; longer ones are cut. */
const LONGEST_MESSAGE = 16 * 1024;

const encoder = new TextEncoder();

/** Sends the log to stderr and to {@linkcode logLines}; disposing it silences the log again. */
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
      // LogTape's notes about itself, from the level that needs an operator.
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

/** Formats values; ids and addresses are easier to read without quotes. */
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
    // A closed or full stderr must not end the server, and there is nowhere else to report it.
  }
}
