/** The digest of a build context: names, sizes, modes and times of its files, not their contents. */
import { digestOf } from "../../store/digest.ts";

/** Largest number of files that is compared; a larger context counts as changed. */
const MOST_FILES = 20_000;

/** Returns the digest of a folder or file; `undefined` if it cannot be read or has too many files. */
export async function contextDigest(path: string): Promise<string | undefined> {
  const lines: string[] = [];
  try {
    const { isFile, size, mode, mtime } = await Deno.stat(path);
    if (isFile) lines.push(JSON.stringify(["", mode, size, mtime?.getTime()]));
    else await collect(path, "", lines);
  } catch {
    // Compose reports a missing context.
    return undefined;
  }
  return lines.length > MOST_FILES ? undefined : digestOf(new TextEncoder().encode(lines.sort().join("\n")));
}

async function collect(folder: string, below: string, lines: string[]): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (lines.length > MOST_FILES) return;
    const path = `${below}${name}`;
    const { size, mode, mtime } = await Deno.lstat(`${folder}/${name}`);
    lines.push(JSON.stringify(isDirectory ? [path, mode] : [path, mode, size, mtime?.getTime()]));
    if (isDirectory && name !== ".git") await collect(`${folder}/${name}`, `${path}/`, lines);
  }
}
