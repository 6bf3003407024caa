/** Lines of DockStat's own log. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

/** Log levels on the wire, lowest first. */
export const LEVEL_NAMES = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** One of {@linkcode LEVEL_NAMES}. */
export type LevelName = (typeof LEVEL_NAMES)[number];

/** One line of DockStat's own log: a message of `/logs/ws`. */
export const LogMessage = v.strictObject({
  level: v.picklist(LEVEL_NAMES),
  timestamp: described(v.string(), "ISO 8601, UTC."),
  message: v.string(),
  file: described(v.string(), "Source file of the log call."),
  line: described(count, "Line of the log call."),
});

/** A line in the shape of {@linkcode LogMessage}. */
export type LogMessage = Readonly<v.InferOutput<typeof LogMessage>>;
