/** Keys of the files that a plan compares with the last deployment. */
import { digestOf } from "../../store/digest.ts";
import { contentKey, DEFAULT_MODE } from "../../store/further/file_modes.ts";
import type { StackStore } from "../../store/stack_store.ts";

/** Returns a text by path that changes with the contents and permissions of a file: stored files, and those of a draft. */
export function contentKeys(
  { versions, further }: Pick<StackStore, "versions" | "further">,
  stackId: number | undefined,
  drafts: ReadonlyMap<string, Uint8Array>,
): Readonly<Record<string, string>> {
  const modeOf = (path: string) => stackId === undefined ? DEFAULT_MODE : further.mode(stackId, path);
  return {
    ...stackId === undefined ? {} : versions.contentKeysOf(stackId),
    ...Object.fromEntries(
      [...drafts].map(([path, bytes]) => [path, contentKey(digestOf(bytes), modeOf(path))]),
    ),
  };
}
