/** Fetches one branch of a repository, and reads its files without a working tree. */
import { AppError } from "../errors.ts";
import type { GitSource } from "../protocol/git/git.ts";
import { removeTree } from "../store/files.ts";
import { gitFailure } from "./failure.ts";
import { type Connection, type ConnectionParts, connectionTo } from "./login.ts";
import type { GitProgram } from "./program.ts";
import { parseTree, type TreeEntry } from "./tree.ts";

/** A name of git's for an object. */
const OBJECT = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/;
/** Reference that the branch is fetched into. */
const HEAD = "refs/dockstat/head";

/** The newest commit of a branch, with its files while it is open. */
export interface Snapshot extends AsyncDisposable {
  readonly commit: string;
  /** First line of the commit's message. */
  readonly subject: string;
  /** False if the commit does not follow the known one. */
  readonly forward: boolean;
  /** Lists everything below a folder, which is empty for the root; `undefined` if there is no such folder. */
  list(folder: string): Promise<readonly TreeEntry[] | undefined>;
  /** Returns the bytes of files, in their order. */
  read(files: readonly TreeEntry[]): Promise<readonly Uint8Array[]>;
}

/** Repositories at other places. */
export interface Remotes {
  /** Returns the newest commit of a branch. */
  head(source: GitSource, signal: AbortSignal): Promise<string>;
  /** Fetches the newest commit of a branch. */
  fetch(source: GitSource, known: string | undefined, signal: AbortSignal): Promise<Snapshot>;
}

/** Repositories that `git` reaches. Every fetch starts in an empty folder, which is removed with the snapshot. */
export class GitRemotes implements Remotes {
  /** @param folder Folder for repositories, which no container can mount. */
  constructor(
    readonly folder: string,
    readonly git: GitProgram,
    readonly parts: ConnectionParts,
  ) {}

  /** @throws {AppError} "engine-refused" or "engine-unreachable" with the reason. */
  async head(source: GitSource, signal: AbortSignal): Promise<string> {
    await using repository = await this.#open(source, signal);
    const args = ["ls-remote", "--exit-code", "--", source.url, `refs/heads/${source.branch}`];
    const { code, output, errors } = await repository.run(args, signal);
    // The pattern also matches the ends of other names, such as that of a branch "refs/heads/main".
    const own = new TextDecoder().decode(output).split("\n").map((line) => line.split("\t"))
      .find(([, name]) => name === `refs/heads/${source.branch}`);
    if (code === 2 || code === 0 && own === undefined) throw gitFailure(source, NO_BRANCH);
    if (code !== 0) throw gitFailure(source, errors);
    return nameOf(own![0]!);
  }

  /** @throws {AppError} "engine-refused" or "engine-unreachable" with the reason. */
  async fetch(source: GitSource, known: string | undefined, signal: AbortSignal): Promise<Snapshot> {
    await using stack = new AsyncDisposableStack();
    const repository = stack.use(await this.#open(source, signal));
    const found = known === undefined ? "gone" : await repository.find(source, nameOf(known), signal);
    const branch = `+refs/heads/${source.branch}:${HEAD}`;
    const { code, errors } = await repository.fetch(source, branch, found === "gone", signal);
    if (code !== 0) throw gitFailure(source, errors);
    const commit = nameOf(await repository.text(["rev-parse", "--verify", `${HEAD}^{commit}`], signal));
    const follows = ["merge-base", "--is-ancestor", known ?? commit, commit];
    const forward = known === undefined || known === commit ||
      found !== "gone" && (await repository.run(follows, signal)).code === 0;
    const subject = await repository.text(["log", "-1", "--format=%s", commit, "--"], signal);
    const ended = stack.move();
    return {
      ...{ commit, forward, subject: subject.slice(0, 200) },
      list: (folder) => repository.list(commit, folder, signal),
      read: (files) => repository.read(files, signal),
      [Symbol.asyncDispose]: () => ended.disposeAsync(),
    };
  }

  async #open({ url }: GitSource, signal: AbortSignal): Promise<Repository> {
    const connection = await connectionTo(url, this.parts, signal);
    const folder = `${this.folder}/${crypto.randomUUID()}`;
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const repository = new Repository(folder, this.git, connection);
    try {
      await Deno.writeTextFile(`${folder}/ssh_config`, connection.ssh, { mode: 0o600 });
      await repository.text(["init", "--quiet", "--bare", "--template=", "."], signal);
      return repository;
    } catch (error) {
      await repository[Symbol.asyncDispose]();
      throw error;
    }
  }
}

const NO_BRANCH = "couldn't find remote ref";

/** One bare repository; all its runs have one deadline. */
class Repository implements AsyncDisposable {
  readonly #opened = performance.now();

  constructor(readonly folder: string, readonly git: GitProgram, readonly connection: Connection) {}

  /** Runs git with the settings of the connection. */
  run(args: readonly string[], signal: AbortSignal, input?: string) {
    const { folder, connection: { settings } } = this;
    const usedMs = performance.now() - this.#opened;
    return this.git.run({ folder, args, settings, signal, usedMs, ...input === undefined ? {} : { input } });
  }

  /**
   * Fetches a commit, if the other side still has it.
   *
   * @returns "unknown" from a server that names no commit but the newest, such as one of ssh with an old protocol: the
   *   whole history of the branch shows then whether it has the commit.
   * @throws {AppError} when it does not answer, or refuses the login.
   */
  async find(
    source: GitSource,
    commit: string,
    signal: AbortSignal,
  ): Promise<"fetched" | "gone" | "unknown"> {
    const { code, errors } = await this.fetch(source, commit, true, signal);
    if (code === 0) return "fetched";
    if (/unadvertised/i.test(errors)) return "unknown";
    if (/not our ref|couldn't find remote ref/i.test(errors)) return "gone";
    throw gitFailure(source, errors);
  }

  /** Fetches one thing, with its history unless it is shallow. */
  fetch({ url }: GitSource, what: string, shallow: boolean, signal: AbortSignal) {
    const depth = shallow ? ["--depth=1"] : [];
    return this.run(
      ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", ...depth, "--", url, what],
      signal,
    );
  }

  /** Returns the output of a run that only fails when the repository is broken. */
  async text(args: readonly string[], signal: AbortSignal): Promise<string> {
    const { code, output, errors } = await this.run(args, signal);
    if (code !== 0) throw new AppError("engine-refused", `Cannot read the Git repository: ${errors.trim()}`);
    return new TextDecoder().decode(output).trim();
  }

  async list(commit: string, folder: string, signal: AbortSignal): Promise<readonly TreeEntry[] | undefined> {
    const args = ["ls-tree", "-r", "-t", "-z", "-l", "--full-tree", `${commit}:${folder}`];
    const { code, output } = await this.run(args, signal);
    return code === 0 ? parseTree(output) : undefined;
  }

  async read(files: readonly TreeEntry[], signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const names = files.map(({ object }) => `${nameOf(object)}\n`).join("");
    const { output } = await this.run(["cat-file", "--batch"], signal, names);
    let at = 0;
    return files.map(({ object, size }) => {
      const head = `${object} blob ${size}\n`;
      if (new TextDecoder().decode(output.subarray(at, at + head.length)) !== head) {
        throw new AppError("engine-refused", "Cannot read the Git repository: a file is missing");
      }
      const from = at + head.length;
      // A line break follows the bytes.
      at = from + size + 1;
      return output.slice(from, from + size);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeTree(this.folder);
  }
}

function nameOf(text: string): string {
  if (OBJECT.test(text)) return text;
  throw new AppError("engine-refused", "Cannot read the Git repository: found no commit");
}
