/** Pure: the difference between two versions of a stack. */
import { structuredPatch } from "diff";
import type { StackVersionContents } from "../../../../../../server/protocol/stack_versions.ts";

/** One line of a difference; `gap` stands for equal lines that are left out. */
export interface DifferenceLine {
  readonly kind: "same" | "added" | "removed" | "gap";
  readonly text: string;
}

/** A further file that differs. */
export interface FileDifference {
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
}

/** Number of equal lines around a change. */
const CONTEXT = 3;
/** Time limit of one comparison, ms. */
const PATIENCE_MS = 2000;
const KINDS: Readonly<Record<string, DifferenceLine["kind"]>> = { "+": "added", "-": "removed", " ": "same" };

/** Returns the changed lines with their surroundings, empty for equal texts; `undefined` if they differ too much. */
export function textDifference(before: string, after: string): readonly DifferenceLine[] | undefined {
  if (before === after) return [];
  const options = { context: CONTEXT, timeout: PATIENCE_MS };
  const patch = structuredPatch("", "", before, after, undefined, undefined, options);
  return patch?.hunks.flatMap(({ lines }, index) => [
    ...index === 0 ? [] : [{ kind: "gap", text: "" } as const],
    ...lines.flatMap((line) => {
      const kind = KINDS[line.charAt(0)];
      return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
    }),
  ]);
}

/** Returns the further files that differ, by path. */
export function fileDifferences(
  before: StackVersionContents["files"],
  after: StackVersionContents["files"],
): readonly FileDifference[] {
  const [old, now] = [keysOf(before), keysOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path) => {
    if (old.get(path) === now.get(path)) return [];
    return [{ path, change: !old.has(path) ? "added" : now.has(path) ? "changed" : "removed" } as const];
  });
}

/** Returns texts that differ for files with other contents or permissions, by path. */
function keysOf(files: StackVersionContents["files"]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, digest, mode }) => [path, `${digest} ${mode}`]));
}
