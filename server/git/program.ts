/** Runs `git` as a child process that sees neither the user's settings nor the server's variables. */
import { AppError, reason } from "../errors.ts";

/** Time for one run of git, ms. */
const PATIENCE_MS = 60_000;
/** Largest folder that a run may leave, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Interval between checks of the size of the folder, ms. */
const LOOK_MS = 100;
/** Largest output of a run that is read, bytes. */
const MOST_OUTPUT = 20 * 1024 * 1024;
/** Largest part of the error output that is kept, characters. */
const MOST_ERRORS = 4000;

/** Settings that no repository and no file can change. */
const SETTINGS: Readonly<Record<string, string>> = {
  "core.hooksPath": "/dev/null",
  "core.symlinks": "false",
  "core.fsmonitor": "false",
  "core.askPass": "",
  // A small pack may have files of any size, and git holds smaller ones in memory.
  "core.bigFileThreshold": "1m",
  "credential.helper": "",
  "http.followRedirects": "false",
  "http.proxy": "",
  "http.lowSpeedLimit": "1000",
  "http.lowSpeedTime": "20",
  "transfer.fsckObjects": "true",
  "transfer.bundleURI": "false",
  "fetch.recurseSubmodules": "false",
  "submodule.recurse": "false",
  "protocol.version": "2",
  "gc.auto": "0",
  "maintenance.auto": "false",
};

/** One run of git. */
export interface GitRun {
  /** Folder of the bare repository, in which git works. */
  readonly folder: string;
  readonly args: readonly string[];
  /** Settings for the other side, such as its login; they travel in the environment, which only the owner can read. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Time that earlier runs for the same purpose have taken, ms. */
  readonly usedMs?: number;
  readonly signal: AbortSignal;
}

/** Result of a run. */
export interface GitEnd {
  readonly code: number;
  readonly output: Uint8Array;
  readonly errors: string;
}

/** Bounds of runs, for tests. */
export interface GitBounds {
  readonly patienceMs?: number;
  readonly mostBytes?: number;
}

/** The `git` of this machine. */
export class GitProgram {
  /** @param path The `PATH` in which git and ssh are found. */
  constructor(readonly path: string, readonly bounds: GitBounds = {}) {}

  /**
   * Runs git, and ends its whole process group when it takes too long, fetches too much, or is cancelled.
   *
   * @throws {AppError} "unavailable" without git, "engine-refused" beyond the bounds; the signal's reason.
   */
  async run({ folder, args, settings = {}, input, usedMs = 0, signal }: GitRun): Promise<GitEnd> {
    const { patienceMs = PATIENCE_MS, mostBytes = MOST_BYTES } = this.bounds;
    signal.throwIfAborted();
    const child = spawn(folder, args, environment(this.path, folder, { ...SETTINGS, ...settings }));
    using guard = new Guard(child, signal, { folder, patienceMs, usedMs, mostBytes });
    const written = writeInput(child, input ?? "");
    const [output, errors] = await Promise.all([
      collect(child.stdout, MOST_OUTPUT, () => guard.end("sent too much output")),
      collect(child.stderr, Infinity, () => {}),
    ]);
    await written;
    const { code } = await child.status;
    await guard.ended();
    signal.throwIfAborted();
    if (guard.why !== undefined) {
      throw new AppError("engine-refused", `Cannot fetch from Git: git ${guard.why}`);
    }
    return { code, output, errors: new TextDecoder().decode(errors).slice(-MOST_ERRORS) };
  }
}

/** Ends a run that exceeds its bounds. */
class Guard implements Disposable {
  why: string | undefined;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #looks: ReturnType<typeof setInterval>;
  #killing: Promise<void> | undefined;
  readonly #abort = () => this.end("was cancelled");

  constructor(
    readonly child: Deno.ChildProcess,
    readonly signal: AbortSignal,
    bounds: Required<GitBounds> & { readonly folder: string; readonly usedMs: number },
  ) {
    const { folder, patienceMs, usedMs, mostBytes } = bounds;
    const leftMs = Math.max(patienceMs - usedMs, 0);
    this.#timer = setTimeout(() => this.end(`took longer than ${patienceMs / 1000} s`), leftMs);
    this.#looks = setInterval(() => {
      if (sizeOf(folder) > mostBytes) this.end(`fetched more than ${mostBytes / 1024 / 1024} MiB`);
    }, LOOK_MS);
    signal.addEventListener("abort", this.#abort);
  }

  end(why: string): void {
    this.why ??= why;
    this.#killing ??= killGroup(this.child);
  }

  /** Resolves when the process group has been killed, if it was. */
  async ended(): Promise<void> {
    await this.#killing;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    clearInterval(this.#looks);
    this.signal.removeEventListener("abort", this.#abort);
  }
}

function environment(
  path: string,
  folder: string,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = Object.entries(settings);
  return {
    PATH: path,
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    LC_ALL: "C",
    GIT_DIR: ".",
    GIT_ALLOW_PROTOCOL: "https:ssh",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TEMPLATE_DIR: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_LFS_SKIP_SMUDGE: "1",
    // Largest object that is held in memory.
    GIT_ALLOC_LIMIT: "64m",
    GIT_SSH_VARIANT: "ssh",
    // A fixed text: the settings of ssh are in the folder that git works in.
    GIT_SSH_COMMAND: "ssh -F ./ssh_config",
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function spawn(folder: string, args: readonly string[], env: Record<string, string>): Deno.ChildProcess {
  try {
    return new Deno.Command("git", {
      args: [...args],
      cwd: folder,
      clearEnv: true,
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "git is not installed" : reason(cause);
    throw new AppError("unavailable", `Cannot fetch from Git: ${why}`, { cause });
  }
}

async function writeInput({ stdin }: Deno.ChildProcess, text: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch {
    // Git has ended before it read everything, and its exit code counts.
  }
}

/** Reads a stream to its end; beyond the limit, the rest is dropped. */
async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  most: number,
  exceeded: () => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) {
      exceeded();
      continue;
    }
    chunks.push(chunk);
    // Errors keep their end only.
    if (most === Infinity) {
      while (chunks.length > 1 && size - chunks[0]!.length > 65_536) size -= chunks.shift()!.length;
    }
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Kills the process group of a child. The runtime signals a group only for a program that may run anything, so git's
 * own shell does it otherwise.
 */
async function killGroup({ pid }: Deno.ChildProcess): Promise<void> {
  const args = ["-c", `alias.end=!kill -KILL -- -${pid}`, "end"];
  const env = { PATH: "/usr/bin:/bin", GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  try {
    Deno.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) return;
    await new Deno.Command("git", { args, cwd: "/", clearEnv: true, env, stdout: "null", stderr: "null" })
      .output();
  }
}

/** Size of all files below a folder, bytes; files that vanish meanwhile count nothing. */
function sizeOf(folder: string): number {
  let size = 0;
  try {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
      if (isDirectory) size += sizeOf(`${folder}/${name}`);
      else if (isFile) size += Deno.lstatSync(`${folder}/${name}`).size;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return size;
}
