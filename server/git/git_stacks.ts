/** Stacks whose compose file and further files come from a branch of a Git repository. */
import { AppError, reason } from "../errors.ts";
import { redact } from "../log/redact.ts";
import type { GitDifference, GitSource, NewGitStack } from "../protocol/git/git.ts";
import type { StackGit } from "../protocol/git/stack_git.ts";
import { Semaphore } from "../semaphore.ts";
import type { EditResult } from "../stacks/editor.ts";
import { defaultHost } from "../stacks/hosts.ts";
import { HIDDEN } from "../stacks/public_view.ts";
import type { Running } from "../stacks/running.ts";
import type { GitRow } from "../store/git/git_rows.ts";
import { changesOf, versionReason } from "./changes.ts";
import { type GitContents, readContents } from "./contents.ts";
import type { GitParts } from "./parts.ts";
import { type PullOptions, type PullParts, pullPlan } from "./pull.ts";
import type { Remotes, Snapshot } from "./repository.ts";

/** Largest number of repositories that are fetched at once. */
const FETCHES = 3;

/** The stacks from Git. */
export class GitStacks implements PullParts {
  readonly #fetches = new Semaphore(FETCHES);

  constructor(readonly own: GitParts) {}

  /**
   * Fetches a repository, creates a stack from it, and deploys it by default.
   *
   * @throws {AppError} "forbidden" if the host is view only, "invalid", "busy" when the name is taken, "engine-refused"
   *   or "engine-unreachable" when the repository cannot be fetched; nothing is stored then.
   */
  async create({ git, env, ...draft }: NewGitStack): Promise<EditResult> {
    const { editor, parts: { runner, hosts }, rows } = this.own;
    runner.checkFree("create", draft.hostId ?? defaultHost(hosts), draft.name, null);
    await using snapshot = await this.fetch(git, undefined, new AbortController().signal);
    const contents = await readContents(snapshot, git.path);
    const { files, modes } = contents;
    const row = newRow(git, snapshot.commit, contents);
    return await editor.create({ ...draft, compose: contents.compose, env }, {
      ...{ files, modes, why: versionReason(snapshot.commit), baseEnv: contents.env ?? "" },
      note: (stackId) => rows.set(stackId, row),
    });
  }

  /** Returns the Git side of a stack; `undefined` for a stack that does not come from Git. */
  state(stackId: number, trusted: boolean): StackGit | undefined {
    const row = this.own.rows.get(stackId);
    return row && toState(row, trusted);
  }

  /**
   * Compares a stack with its branch; changes nothing.
   *
   * @throws {AppError} "not-found", "invalid", "engine-refused" or "engine-unreachable".
   */
  async difference(stackId: number): Promise<GitDifference> {
    const { parts: { store } } = this.own;
    const row = this.row(stackId);
    await using snapshot = await this.fetch(row, row.commit, new AbortController().signal);
    const contents = await readContents(snapshot, row.path);
    const { compose, files, env } = changesOf(store, stackId, row, contents);
    return {
      from: row.commit,
      to: snapshot.commit,
      subject: snapshot.subject,
      forward: snapshot.forward,
      compose: compose ?? null,
      env: env ?? null,
      files: files.map(({ path, change, bytes }) => ({ path, change, bytes: bytes?.length ?? null })),
    };
  }

  /**
   * Starts an operation that pulls the branch, and deploys the stack if its own files have changed.
   *
   * @throws {AppError} "not-found", or "busy" while an operation runs.
   */
  pull(stackId: number, options: PullOptions = {}): Running {
    this.row(stackId);
    const record = this.own.stacks.record(stackId);
    return this.own.parts.runner.begin(pullPlan(record, options, this));
  }

  /** Returns the newest commit of a stack's branch. */
  async head(row: GitRow, signal: AbortSignal): Promise<string> {
    using _slot = await this.#fetches.acquire(signal);
    return await this.#remotes().head(row, signal);
  }

  /** Fetches the newest commit of a branch. */
  async fetch(source: GitSource, known: string | undefined, signal: AbortSignal): Promise<Snapshot> {
    using _slot = await this.#fetches.acquire(signal);
    return await this.#remotes().fetch(source, known, signal);
  }

  /**
   * Returns the stored source of a stack.
   *
   * @throws {AppError} "not-found".
   */
  row(stackId: number): GitRow {
    this.own.stacks.record(stackId);
    const row = this.own.rows.get(stackId);
    if (row !== undefined) return row;
    throw new AppError("not-found", `Stack "${stackId}" does not come from Git`);
  }

  /** Records the reason for a failed pull or check; `undefined` after one that succeeded. */
  note(stackId: number, error: unknown): void {
    this.own.rows.update(stackId, {
      error: error === undefined ? null : redact(reason(error)).slice(0, 1000),
    });
  }

  /**
   * Refuses a change of the text that comes from Git.
   *
   * @throws {AppError} "busy".
   */
  checkText(stackId: number, compose: string | undefined): void {
    const row = compose === undefined ? undefined : this.own.rows.get(stackId);
    if (row === undefined || compose === this.own.parts.store.texts(stackId).compose) return;
    const remedy = "change it there and pull, or restore a version";
    throw new AppError(
      "busy",
      `Cannot change the compose file of stack "${stackId}": it comes from Git; ${remedy}`,
    );
  }

  /**
   * Refuses a change of a file that comes from Git; local files beside them can be changed.
   *
   * @throws {AppError} "busy".
   */
  checkFile(stackId: number, path: string): void {
    if (!this.own.rows.get(stackId)?.files.includes(path)) return;
    throw new AppError(
      "busy",
      `Cannot change "${path.slice(0, 200)}": it comes from Git; change it there and pull`,
    );
  }

  #remotes(): Remotes {
    const { remotes } = this.own;
    if (remotes !== undefined) return remotes;
    throw new AppError("unavailable", "Cannot fetch from Git: this server stores nothing");
  }
}

function newRow(
  { url, branch }: GitSource,
  commit: string,
  { path, files, env = "" }: GitContents,
): GitRow {
  const unset = {
    schedule: null,
    webhookSecret: null,
    tokenHash: null,
    error: null,
    refused: null,
    isDeployed: true,
  };
  const pulledAt = new Date().toISOString();
  return { url, branch, path, commit, files: [...files.keys()], env, pulledAt, ...unset };
}

/** Returns the state for a client; only those with the token see text of others. */
export function toState(row: GitRow, trusted: boolean): StackGit {
  const { url, branch, path, commit, pulledAt, schedule, webhookSecret, tokenHash, error } = row;
  return {
    ...{ url, branch, path, commit, pulled_at: pulledAt, schedule },
    webhook: webhookSecret !== null,
    token: tokenHash !== null,
    error: trusted || error === null ? error : HIDDEN,
  };
}
