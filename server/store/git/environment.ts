/** Environments of stacks from Git: the `.env` of the repository, overridden by local values. */
import type { DatabaseSync } from "node:sqlite";
import { GitRows } from "./git_rows.ts";

/** Returns the `.env` of a stack's repository; `undefined` without one, and for other stacks. */
export function repositoryEnv(database: DatabaseSync, stackId: number): string | undefined {
  return new GitRows(database).get(stackId)?.env || undefined;
}

/**
 * Returns the environment that Compose reads. Of two values for a variable Compose takes the last one.
 *
 * @param base The `.env` of the repository.
 * @param local The stored environment of the stack.
 */
export function layeredEnv(base: string | undefined, local: string | undefined): string | undefined {
  if (base === undefined || base === "") return local;
  return `${base}${base.endsWith("\n") ? "" : "\n"}${local ?? ""}`;
}
