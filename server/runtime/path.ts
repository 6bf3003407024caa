/** Paths of files. Except on Windows, no Node module is loaded for them, since the first one needs 5 MB. */
// @ts-types="../types/path_posix.d.ts"
import * as std from "@std/path/posix";
import { builtin } from "../builtin.ts";

const isWindows = Deno.build.os === "windows";

/** The functions for paths in repositories and containers, which have slashes on every machine. */
export const posix = {
  // The package returns "/" for the root.
  basename: (path: string): string => /^\/+$/.test(path) ? "" : std.basename(path),
  dirname: std.dirname,
  isAbsolute: std.isAbsolute,
  join: std.join,
  normalize: std.normalize,
} as const;

/** The functions for paths of this machine, except `resolve`. */
export const { basename, dirname, isAbsolute, normalize } = isWindows ? builtin("node:path") : posix;

/** Separator of folders in paths of this machine. */
export const SEPARATOR = isWindows ? "\\" : "/";

/** Returns an absolute path without dot segments; a relative one begins at the current folder. */
export function resolve(...paths: string[]): string {
  if (isWindows) return builtin("node:path").resolve(...paths);
  // The package would ask Node's process for the current folder.
  return paths.some(isAbsolute) ? std.resolve(...paths) : std.resolve(Deno.cwd(), ...paths);
}
