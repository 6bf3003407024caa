/** Severity of log lines. */

/** Severities, most severe first. */
export const LEVELS = ["fatal", "error", "warning", "info", "debug"] as const;

/** One of {@linkcode LEVELS}. */
export type Level = (typeof LEVELS)[number];

/** Names of the levels for lines that do not contain theirs. */
export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  fatal: "FATAL",
  error: "ERROR",
  warning: "WARN",
  info: "INFO",
  debug: "DEBUG",
};

/** Names of the levels in common loggers, in lower case. */
const NAMES: Readonly<Record<Level, string>> = {
  fatal: "fatal ftl fatl critical crit crt panic emerg emergency alert",
  error: "error err eror erro severe fail failure",
  warning: "warning warn wrn",
  info: "info inf information informational notice note log",
  debug: "debug dbg debg trace trc trce verbose vrb fine finer finest silly dbug",
};

const LEVEL_OF: ReadonlyMap<string, Level> = new Map(
  LEVELS.flatMap((level) => NAMES[level].split(" ").map((name) => [name, level] as const)),
);

/** Returns the level with a name such as "WARN"; `undefined` for any other text. */
export function levelOfName(name: string): Level | undefined {
  return LEVEL_OF.get(name.toLowerCase());
}

/** Returns the level of a number of pino or bunyan, from 10 (trace) to 60 (fatal). */
export function levelOfNumber(value: number): Level | undefined {
  if (!(value >= 10 && value < 70)) return undefined;
  return value >= 60
    ? "fatal"
    : value >= 50
    ? "error"
    : value >= 40
    ? "warning"
    : value >= 30
    ? "info"
    : "debug";
}

/** Returns the level of a syslog severity, from 0 (emergency) to 7 (debug). */
export function levelOfSeverity(value: number): Level | undefined {
  const levels = ["fatal", "fatal", "fatal", "error", "warning", "info", "info", "debug"] as const;
  return levels[value];
}
