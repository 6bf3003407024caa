/** Pure: the level of a line in JSON. */
import { fieldsOf } from "../../untrusted_json.ts";
import { asLevel, type OutputLevel, syslogLevel } from "./level_names.ts";

/** Keys of levels, the most specific first. */
const KEYS = [
  ...[
    "level",
    "severity",
    "lvl",
    "loglevel",
    "logLevel",
    "log_level",
    "log.level",
    "levelname",
    "level_name",
  ],
  ...[
    "severity_text",
    "severityText",
    "SeverityText",
    "@l",
    "@level",
    "Level",
    "LogLevel",
    "LEVEL",
    "PRIORITY",
  ],
];
/** Finds the level in JSON that was cut off. */
const FIELD = /"(?:level|severity|lvl|log\.level|levelname|@l)"\s*:\s*(?:"(\w{1,12})"|(\d{1,3}))/;
/** Levels of MongoDB by their letters. */
const MONGODB: Readonly<Record<string, OutputLevel>> = {
  F: "fatal",
  E: "error",
  W: "warn",
  I: "info",
  D: "debug",
};

/** Returns the level of a JSON object; `undefined` if it states none. */
export function levelOfJson(text: string): OutputLevel | undefined {
  const fields = parsed(text);
  if (fields === undefined) {
    const [, name, number] = FIELD.exec(text) ?? [];
    return name === undefined ? numericLevel(Number(number ?? NaN)) : asLevel(name);
  }
  for (const key of KEYS) {
    const level = Object.hasOwn(fields, key) ? toLevel(fields[key]) : undefined;
    if (level !== undefined) return level;
  }
  const { log, s, c, ctx } = fields;
  if (typeof s === "string" && typeof c === "string" && typeof ctx === "string") {
    return MONGODB[s.charAt(0)];
  }
  return toLevel(fieldsOf(log)["level"]);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function toLevel(value: unknown): OutputLevel | undefined {
  if (typeof value === "number") return numericLevel(value);
  if (typeof value !== "string" || value.length > 16) return undefined;
  return /^\d{1,3}$/.test(value) ? numericLevel(Number(value)) : asLevel(value);
}

/** Numbers below 8 are severities of syslog; others those of pino and bunyan, ten per level. */
function numericLevel(value: number): OutputLevel | undefined {
  if (!Number.isInteger(value) || value < 0 || value > 60) return undefined;
  if (value < 8) return syslogLevel(value);
  return (["trace", "debug", "info", "warn", "error", "fatal"] as const)[
    Math.max(0, Math.floor(value / 10) - 1)
  ];
}
