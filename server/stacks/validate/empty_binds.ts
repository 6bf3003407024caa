/** Bind mounts of files that a stack does not have: the engine would create an empty folder in their place. */
import { quotedPath } from "../../store/file_limits.ts";
import { kindOf } from "../../store/real_files.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { PathIssue } from "./issues.ts";

/** Largest number of paths that are looked up. */
const MOST_LOOKUPS = 50;

/** Longest path of Linux, in characters. */
const LONGEST_PATH = 4095;

/** Reports whether a stack has nothing at a path within its folder. */
export type IsMissing = (path: string) => Promise<boolean>;

/** The files of a stack, and where they are. */
interface StoredFiles {
  readonly versions: { filesOf(stackId: number): Readonly<Record<string, string>> };
  paths(stackId: number): { readonly folder: string };
}

/**
 * Reports which paths have neither a file of the stack nor anything that was put into its folder.
 *
 * @param owner A stack, if it is stored, with files that are not stored yet; `null` for a deleted one.
 */
export function missingPaths(
  store: StoredFiles,
  { stackId, files = new Map() }: {
    readonly stackId?: number;
    readonly files?: ReadonlyMap<string, Uint8Array | null>;
  },
): IsMissing {
  const known = new Map<string, unknown>(
    stackId === undefined ? [] : Object.entries(store.versions.filesOf(stackId)),
  );
  for (const [path, bytes] of files) known.set(path, bytes);
  const paths = [...known].flatMap(([path, bytes]) => bytes === null ? [] : [path]);
  const existing = new Set(paths.flatMap((path) => [path, ...foldersOf(path)]));
  return async (path) => {
    if (existing.has(path)) return false;
    return stackId === undefined || await kindOf(`${store.paths(stackId).folder}/${path}`) === "missing";
  };
}

/** The folders above a file, such as "a" and "a/b" of "a/b/c". */
function foldersOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}

/** A relative bind mount that is of no use while it is empty. */
interface Bind {
  readonly service: string;
  readonly index: number;
  /** As it is written. */
  readonly source: string;
  /** Within the folder of the stack. */
  readonly path: string;
}

/**
 * Finds the read-only folders and the files that a stack mounts and does not have. Writable folders may start empty.
 *
 * @param services As they are written.
 */
export async function emptyBinds(
  services: Readonly<Record<string, unknown>>,
  isMissing: IsMissing,
): Promise<PathIssue[]> {
  const binds = Object.entries(services).flatMap(([service, value]) =>
    itemsOf(fieldsOf(value)["volumes"]).flatMap((volume, index) => bindOf(service, volume, index) ?? [])
  );
  const found: PathIssue[] = [];
  for (const { service, index, source, path } of binds.slice(0, MOST_LOOKUPS)) {
    if (!await isMissing(path)) continue;
    const message =
      `the stack has no file at ${quotedPath(source)}, so the engine would create an empty folder: ` +
      "add the files to the stack, or write a path of the host";
    found.push({ keys: ["services", service, "volumes", index], message });
  }
  return found;
}

function bindOf(service: string, volume: unknown, index: number): Bind | undefined {
  const [source, isReadOnly] = typeof volume === "string" ? shortBind(volume) : longBind(volume);
  if (!source.startsWith("./") || source.includes("$") || source.length > LONGEST_PATH) return undefined;
  const parts = source.split("/").slice(1).filter((part) => part !== "");
  if (parts.length === 0 || parts.includes("..")) return undefined;
  const isFile = /^.+\.\w+$/.test(parts.at(-1)!);
  return isReadOnly || isFile ? { service, index, source, path: parts.join("/") } : undefined;
}

function shortBind(volume: string): readonly [source: string, isReadOnly: boolean] {
  const [source = "", , mode = ""] = volume.split(":");
  return [source, mode.split(",").includes("ro")];
}

function longBind(volume: unknown): readonly [source: string, isReadOnly: boolean] {
  const { type, source, read_only } = fieldsOf(volume);
  return [type === "bind" ? textOf(source) ?? "" : "", read_only === true];
}
