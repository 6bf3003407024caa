/** Pure: bounds the number of files per folder. */
import type { Fault } from "./documents.ts";

const MOST = 20;
const MOST_OF: Readonly<Record<string, number>> = {
  "server/": 16,
  "server/routes/": Infinity,
  "server/contracts/": Infinity,
  // One file per route, as in the server.
  "tests/routes/": Infinity,
};

/** Finds the folders with too many files of code directly in them. */
export function checkFolders(paths: readonly string[]): Fault[] {
  const counts = new Map<string, number>();
  for (const path of paths.filter((path) => /\.tsx?$/.test(path))) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([path, count]) => {
    const most = MOST_OF[path] ?? MOST;
    return count <= most
      ? []
      : [{ path, message: `A folder of ${count} files: at most ${most} are allowed` }];
  });
}
