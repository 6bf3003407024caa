/** Paths that the removal or release of a stack deletes and keeps. */
import { namesIn } from "./files.ts";
import type { ProjectFiles } from "./project_files.ts";
import type { StackFiles, UserFiles } from "./stack_files.ts";

/** The part of a store that knows paths. */
interface Paths {
  readonly files: StackFiles;
  readonly further: ProjectFiles;
  get(stackId: number): UserFiles | undefined;
}

/** Paths of the texts and of what is in the folder of a stack, which a release keeps. */
export async function releasedPaths(store: Paths, stackId: number): Promise<string[]> {
  const { files } = store;
  const user = store.get(stackId);
  const own = store.further.list(stackId).length > 0 ? [files.own(stackId)] : [];
  return [...new Set([...await files.textsOf(stackId, user), ...own, ...await files.left(stackId, user)])];
}

/** Paths that the removal of a stack deletes, and those that it keeps. */
export async function removalPaths(
  store: Paths,
  stackId: number,
): Promise<{ readonly deleted: string[]; readonly kept: string[] }> {
  const { files, further } = store;
  const user = store.get(stackId);
  const unchanged = await further.unchanged(stackId);
  const texts = user?.composeFile === null ? await files.textsOf(stackId, user) : [];
  const left = await files.left(stackId, user);
  const goes = await Promise.all(left.map((path) => isDeleted(path, new Set(unchanged))));
  return { deleted: [...texts, ...unchanged], kept: left.filter((_, index) => !goes[index]) };
}

/** Reports whether a path is deleted: a folder is if every file in it is, and there is one. */
async function isDeleted(path: string, deleted: ReadonlySet<string>): Promise<boolean> {
  if (deleted.has(path)) return true;
  // A container may remove it meanwhile, or nest folders deeper than a path can name.
  const found = await Deno.lstat(path).catch(() => undefined);
  if (!found?.isDirectory) return false;
  const names = await namesIn(path).catch(() => []);
  for (const name of names) if (!await isDeleted(`${path}/${name}`, deleted)) return false;
  return names.length > 0;
}
