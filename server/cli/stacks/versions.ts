/** `dockstat stacks versions`: lists the versions of a stack, and restores one. */
import { printable } from "../../log/format.ts";
import type { StackVersion } from "../../protocol/stack_versions.ts";
import type { SavedStack } from "../../protocol/stacks.ts";
import { aligned } from "../aligned.ts";
import { print } from "../terminal.ts";
import { printSaved } from "./save.ts";
import { localTime } from "./table.ts";
import { findOne, pathOf, type Task } from "./task.ts";

const TITLES = ["VERSION", "SAVED", "REASON", "DEPLOYED", "CURRENT"];

/**
 * Prints the versions of a stack, or stores one of them again.
 *
 * @throws {AppError} "not-found", "failed".
 */
export async function versions(task: Task): Promise<void> {
  const { client, signal, flags: { restore } } = task;
  const stack = await findOne(task);
  const path = `${pathOf(stack)}/versions`;
  if (restore === undefined) {
    print(renderVersions(await client.ask<StackVersion[]>(path, { signal })).join("\n") + "\n");
    return;
  }
  const saved = await client.ask<SavedStack>(`${path}/${restore}/restore`, { method: "POST" });
  printSaved(`Restored version ${restore} of`, saved, "compose file");
  if (saved.pending_changes) print(`Not deployed yet: "dockstat stacks deploy ${stack.name}"\n`);
}

/** Renders the table of versions as lines, headings first. */
export function renderVersions(versions: readonly StackVersion[]): string[] {
  return aligned([
    TITLES,
    ...versions.map(({ version, created_at, reason, deployed_at, current }) => [
      String(version),
      localTime(created_at),
      printable(reason),
      deployed_at === null ? "-" : localTime(deployed_at),
      current ? "yes" : "",
    ]),
  ]);
}
