/** Files of stacks from Git: the local override of the compose file. */
import type { DatabaseSync } from "node:sqlite";
import { GitRows } from "./git_rows.ts";

/** Path of the override, which Compose reads after the compose file. Other stacks cannot have a file of this name. */
export const OVERRIDE_FILE = "compose.override.yaml";

/** Reports whether a stack can have an override. */
export function canOverride(database: DatabaseSync, stackId: number): boolean {
  return new GitRows(database).get(stackId) !== undefined;
}
