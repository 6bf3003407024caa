/** Level of a log line: the field of a structured line, or the prefix of a plain one. */
import { jsonOf, logfmtParts, unquoted } from "./fields.ts";
import { type Level, levelOfName, levelOfNumber, levelOfSeverity } from "./level.ts";
import { prefixLevel } from "./prefix_level.ts";

/** Names of the field that holds the level, in the order in which they count. */
export const LEVEL_FIELDS = [
  "level",
  "severity",
  "lvl",
  "loglevel",
  "log.level",
  "levelname",
  "@l",
  "severity_text",
  "severityText",
];
/** MongoDB's letters. */
const MONGO: Readonly<Record<string, Level>> = {
  F: "fatal",
  E: "error",
  W: "warning",
  I: "info",
  D: "debug",
};
const LONGEST_LOGFMT = 4000;

/** Returns the level that a line states; `undefined` when it states none. */
export function lineLevel(text: string): Level | undefined {
  if (text.charCodeAt(0) === 0x7b) {
    const json = jsonOf(text);
    if (json !== undefined) return jsonLevel(json);
  }
  return prefixLevel(text) ?? logfmtLevel(text);
}

function jsonLevel(json: Readonly<Record<string, unknown>>): Level | undefined {
  for (const name of LEVEL_FIELDS) {
    const level = levelOfValue(Object.hasOwn(json, name) ? json[name] : undefined, json);
    if (level !== undefined) return level;
  }
  const log = Object.hasOwn(json, "log") ? json["log"] : undefined;
  const nested = typeof log === "object" && log !== null && "level" in log ? log.level : undefined;
  if (nested !== undefined) return levelOfValue(nested, json);
  const letter = json["s"];
  return typeof letter === "string" && "t" in json && "c" in json ? MONGO[letter[0] ?? ""] : undefined;
}

function levelOfValue(value: unknown, json: Readonly<Record<string, unknown>>): Level | undefined {
  if (typeof value === "string") {
    return levelOfName(value) ?? (/^\d+$/.test(value) ? levelOfNumber(Number(value)) : undefined);
  }
  if (typeof value !== "number") return undefined;
  // GELF has the severities of syslog.
  return Object.hasOwn(json, "short_message") ? levelOfSeverity(value) : levelOfNumber(value);
}

/** Returns the level of a line that starts with a field, or has at least two. */
function logfmtLevel(text: string): Level | undefined {
  if (!/(?:level|lvl|severity|log)=/i.test(text.slice(0, LONGEST_LOGFMT))) return undefined;
  const parts = logfmtParts(text.slice(0, LONGEST_LOGFMT));
  if (parts === undefined) return undefined;
  const fields = parts.filter(({ name }) => name !== undefined);
  if (fields.length < 2 && parts[0]?.name === undefined) return undefined;
  const found = fields.find(({ name }) => LEVEL_FIELDS.includes(name!.toLowerCase()));
  return found && levelOfName(unquoted(found.raw));
}
