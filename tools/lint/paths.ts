/** Pure: paths of files, relative to the root of the repository and with slashes on every system. */

/** Root of the repository: a checkout may lie anywhere, for instance below a folder named "tests". */
export const ROOT_URL: URL = new URL("../../", import.meta.url);

/** The root as a path with slashes, to compare with other paths. */
export const ROOT: string = decodeURIComponent(ROOT_URL.pathname);

/** Separates by slashes, and gives drives the form that URLs have ("/c:/"). */
function withSlashes(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  return slashes.replace(/^\/?([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}:`);
}

/** Returns the path of a file from the root, or `undefined` for a file outside. */
export function pathIn(root: string, file: string): string | undefined {
  const folder = withSlashes(root).replace(/\/*$/, "/");
  const path = withSlashes(file);
  return path.startsWith(folder) ? path.slice(folder.length) : undefined;
}

const BASE = "file:///repository/";

/** Resolves the specifier of an import in `file`; returns `undefined` when it leaves the repository. */
export function resolveIn(file: string, specifier: string): string | undefined {
  const base = BASE + file.split("/").map(encodeURIComponent).join("/");
  const { href, pathname } = new URL(specifier, base);
  return href.startsWith(BASE) ? decodeURIComponent(pathname).slice("/repository/".length) : undefined;
}
