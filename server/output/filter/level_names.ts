/** Pure: levels of container output, and the names that programs give them. */

/** Levels of container output, lowest first. */
export const OUTPUT_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

/** One of {@linkcode OUTPUT_LEVELS}. */
export type OutputLevel = (typeof OUTPUT_LEVELS)[number];

const NAMES: Readonly<Record<OutputLevel, readonly string[]>> = {
  trace: ["trace", "trc", "trce", "finest", "finer", "silly"],
  debug: ["debug", "dbg", "dbug", "fine", "verbose", "vrb", "debug1", "debug2", "debug3", "debug4", "debug5"],
  info: ["info", "inf", "information", "informational", "notice", "log", "config"],
  warn: ["warn", "warning", "wrn"],
  error: ["error", "err", "eror", "fail", "severe"],
  fatal: ["fatal", "ftl", "critical", "crit", "panic", "emerg", "emergency", "alert", "dpanic"],
};

const LEVELS: ReadonlyMap<string, OutputLevel> = new Map(
  OUTPUT_LEVELS.flatMap((level) => NAMES[level].map((name) => [name, level] as const)),
);

/** Returns the level with a name, in either case; `undefined` for any other text. */
export function asLevel(name: string): OutputLevel | undefined {
  return LEVELS.get(name.toLowerCase());
}

/** Syslog severities, most severe first. */
const SYSLOG: readonly OutputLevel[] = [
  ...["fatal", "fatal", "fatal", "error"] as const,
  ...["warn", "info", "info", "debug"] as const,
];

/** Returns the level of a syslog severity, 0 to 7. */
export function syslogLevel(severity: number): OutputLevel | undefined {
  return SYSLOG[severity];
}
