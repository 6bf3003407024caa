/** Texts and files that `dockstat stacks create` and `set` send. */
import { AppError, reason } from "../../errors.ts";
import { type FolderFiles, readFolder, realPath } from "./folder_files.ts";
import type { StackFlags } from "./flags.ts";

/** Names of compose files in the order in which Compose searches for them. */
const COMPOSE_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
/** Longest text, in bytes; a request is no longer. */
const MOST_BYTES = 1024 * 1024;

/** The texts and files that the flags of a command name. */
export interface Texts extends FolderFiles {
  /** Absent without a compose file. */
  readonly compose?: string;
  /** Absent without an .env file. */
  readonly env?: string;
  /** Name of the compose file in messages. */
  readonly label: string;
}

/**
 * Reads the texts and the files of a folder. Without `--file` the folder's compose file is the text, and without
 * `--env-file` its `.env`.
 *
 * @throws {AppError} "usage" when one of them cannot be read or sent.
 */
export async function readTexts({ file, envFile, dir }: StackFlags): Promise<Texts> {
  const composeFile = file ?? await inFolder(dir, COMPOSE_NAMES);
  // The .env of a folder belongs to its compose file.
  const env = envFile ?? (file === undefined ? await inFolder(dir, [".env"]) : undefined);
  const paths = [composeFile, env].filter((path) => path !== undefined && path !== "-") as string[];
  const folder = dir === undefined
    ? { files: new Map(), modes: new Map(), skipped: [] }
    : await readFolder(dir, await Promise.all(paths.map(realPath)));
  return {
    ...folder,
    label: composeFile === undefined || composeFile === "-" ? "compose file" : composeFile,
    ...composeFile === undefined ? {} : { compose: await readText("--file", composeFile) },
    ...env === undefined ? {} : { env: await readText("--env-file", env) },
  };
}

/** Finds the first of these files in a folder. */
async function inFolder(dir: string | undefined, names: readonly string[]): Promise<string | undefined> {
  if (dir === undefined) return undefined;
  for (const name of names) {
    const path = `${dir.replace(/\/+$/, "") || "/"}/${name}`;
    const isFile = await Deno.stat(path).then((found) => found.isFile, () => false);
    if (isFile) return path;
  }
  return undefined;
}

/**
 * Reads a text file, or standard input for "-".
 *
 * @throws {AppError} "usage".
 */
export async function readText(flag: string, path: string): Promise<string> {
  const name = path === "-" ? "standard input" : `"${path}"`;
  try {
    const bytes = path === "-" ? await readInput() : await Deno.readFile(path);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("usage", `${flag}: cannot read ${name}: ${whyUnreadable(cause)}`, { cause });
  }
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of Deno.stdin.readable) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError("it is larger than 1 MiB");
    chunks.push(chunk);
  }
  return await new Blob(chunks).bytes();
}

function whyUnreadable(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (cause instanceof TypeError) return "it is not UTF-8";
  return reason(cause);
}
