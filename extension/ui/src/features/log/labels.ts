/** Texts of the view of DockStat's own log. */
import type { LevelName } from "../../../../../server/protocol/log.ts";

/** Labels of the level filter. */
export const LEVELS: Readonly<Record<LevelName, string>> = {
  DEBUG: "All levels",
  INFO: "INFO and above",
  WARN: "WARN and above",
  ERROR: "ERROR and above",
  FATAL: "FATAL only",
};

/** Texts that the view shows. */
export const LABELS = {
  level: "Level",
  listName: "DockStat's log",
  subtitle: "Messages of DockStat itself. Container logs are on the page of each container.",
  title: "DockStat log",
} as const;

/** Returns the title of an empty list. */
export function emptyTitle(level: LevelName): string {
  return level === "DEBUG" ? "No lines yet" : `No lines (${LEVELS[level]})`;
}

/** Returns the hint below the title of an empty list. */
export function emptyHint(level: LevelName): string {
  return level === "DEBUG"
    ? "New lines appear here. Start the server with “--log-level debug” for more detail."
    : "New lines appear here. Choose a lower level to see more.";
}
