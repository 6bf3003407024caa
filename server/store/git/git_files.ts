/** Files of stacks from Git: the modes of the repository, and the local override of its compose file. */
import type { DatabaseSync } from "node:sqlite";
import { GitRows } from "./git_rows.ts";

/** Path of the override, which Compose reads after the compose file. Other stacks cannot have a file of this name. */
export const OVERRIDE_FILE = "compose.override.yaml";

/** Reports whether a stack can have an override. */
export function canOverride(database: DatabaseSync, stackId: number): boolean {
  return new GitRows(database).get(stackId) !== undefined;
}

/** Returns the mode of a stack's file, which is executable if it is so in the repository. */
export function fileMode(database: DatabaseSync, stackId: number, path: string): number {
  return new GitRows(database).get(stackId)?.executables?.includes(path) ? 0o755 : 0o644;
}
