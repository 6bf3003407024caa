/** The operation that pulls a branch, and deploys the stack if its own files have changed. */
import { AppError } from "../errors.ts";
import type { ComposeEnd } from "../compose/compose.ts";
import type { GitSource } from "../protocol/git/git.ts";
import type { GitRow } from "../store/git/git_rows.ts";
import type { StackRecord } from "../store/stack_record.ts";
import { stackTarget } from "../stacks/progress/events.ts";
import { checkWriters } from "../stacks/run/file_paths.ts";
import { volumeFolders } from "../stacks/run/named_files.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import { stackPlan } from "../stacks/stack_plan.ts";
import type { Resolved } from "../stacks/validate/resolve.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { changesOf, type GitChanges, hasChanges, versionReason } from "./changes.ts";
import { type GitContents, readContents } from "./contents.ts";
import type { GitParts } from "./parts.ts";
import type { Snapshot } from "./repository.ts";

/** Options of a pull. */
export interface PullOptions {
  /** The only commit that is accepted: the one whose difference was shown. */
  readonly commit?: string | undefined;
  /** Accepts a rewritten branch. */
  readonly rewritten?: boolean | undefined;
}

/** Parts of a pull. */
export interface PullParts {
  readonly own: GitParts;
  fetch(source: GitSource, known: string | undefined, signal: AbortSignal): Promise<Snapshot>;
  row(stackId: number): GitRow;
  note(stackId: number, error: unknown): void;
}

/** Returns the plan of a pull. */
export function pullPlan(record: StackRecord, options: PullOptions, parts: PullParts): Plan {
  const { stackId, hostId, name } = record;
  const pull = new Pull(record, options, parts);
  return {
    ...{ command: "pull", action: "pulling", stackId, hostId, project: name },
    target: stackTarget(stackId, name),
    hide: (text) => pull.deployment?.hide(text) ?? text,
    work: (context) => pull.run(context),
    record: () => pull.record(),
    // Read after the work, which decides what the success is.
    get success() {
      const commit = pull.commit.slice(0, 12);
      return pull.deployment === undefined
        ? { status: "pulled", message: `Nothing has changed up to commit ${commit}` } as const
        : { status: "deployed", message: `Stack deployed from commit ${commit}` } as const;
    },
  };
}

/** One pull. */
class Pull {
  commit = "";
  /** Plan of the deployment; `undefined` if nothing has changed. */
  deployment: Plan | undefined;

  constructor(readonly stack: StackRecord, readonly options: PullOptions, readonly parts: PullParts) {}

  async run(context: RunContext): Promise<ComposeEnd> {
    const { stack: { stackId }, parts } = this;
    try {
      await this.#pull(context.signal);
      parts.note(stackId, undefined);
    } catch (error) {
      if (!context.signal.aborted) parts.note(stackId, error);
      if (error instanceof AppError && error.code === "invalid") {
        parts.own.rows.update(stackId, { refused: this.commit });
      }
      throw error;
    }
    return await this.deployment?.work(context) ?? { code: 0, error: undefined };
  }

  /** Returns the write that stores what was deployed. */
  async record(): Promise<() => void> {
    const write = await this.deployment?.record?.();
    return () => {
      write?.();
      if (this.deployment !== undefined) this.parts.own.rows.update(this.stack.stackId, { isDeployed: true });
    };
  }

  async #pull(signal: AbortSignal): Promise<void> {
    const { stack, stack: { stackId }, parts, parts: { own: { parts: stackParts, rows } } } = this;
    const row = parts.row(stackId);
    const contents = await this.#fetched(row, signal);
    const changes = changesOf(stackParts.store, stackId, row, contents);
    const isChanged = hasChanges(changes);
    const remounted = isChanged ? await this.#store(contents, changes) : [];
    rows.update(stackId, {
      ...{ commit: this.commit, pulledAt: new Date().toISOString(), files: [...contents.files.keys()] },
      ...isChanged && { isDeployed: false },
    });
    if (!isChanged && row.isDeployed) return;
    const record = stackParts.store.get(stackId) ?? stack;
    this.deployment = await stackPlan("deploy", record, { remounted }, stackParts);
  }

  async #fetched(row: GitRow, signal: AbortSignal): Promise<GitContents> {
    const { commit, rewritten = false } = this.options;
    await using snapshot = await this.parts.fetch(row, row.commit, signal);
    this.commit = snapshot.commit;
    if (commit !== undefined && commit !== snapshot.commit) {
      throw new AppError(
        "busy",
        `the branch is at commit ${snapshot.commit} now: review the difference again`,
      );
    }
    if (!snapshot.forward && !rewritten) {
      const [from, to] = [row.commit.slice(0, 12), snapshot.commit.slice(0, 12)];
      throw new AppError(
        "invalid",
        `the branch "${row.branch}" was rewritten: commit ${to} does not follow ${from}. Pull it by hand to accept it`,
      );
    }
    return await readContents(snapshot, row.path);
  }

  /**
   * Checks and stores what has changed.
   *
   * @returns The services that mount a replaced file.
   */
  async #store(
    { compose, modes, env: baseEnv = "" }: GitContents,
    { files }: GitChanges,
  ): Promise<readonly string[]> {
    const { stackId, hostId, name } = this.stack;
    const { editor, rows, parts: { store, feed } } = this.parts.own;
    const { env } = store.texts(stackId);
    const changes = new Map(files.map(({ path, bytes }) => [path, bytes]));
    const owner = { name, hostId, folder: null, stackId, files: changes, baseEnv };
    const { resolved } = await editor.checker.check({ compose, env }, owner);
    const volumes = await volumeFolders(store.texts(stackId).compose, stackId);
    checkWriters({ stackId, folder: null, name, volumes }, changes.keys(), feed.containers(hostId) ?? []);
    const texts = { compose, ...env === undefined ? {} : { env } };
    const { env: oldEnv, isDeployed } = this.parts.row(stackId);
    // A kill within the change leaves something to deploy.
    rows.update(stackId, { env: baseEnv, isDeployed: false });
    try {
      await store.change(stackId, texts, resolved.services, {
        why: versionReason(this.commit),
        files: changes,
        modes,
      });
    } catch (error) {
      rows.update(stackId, { env: oldEnv ?? "", isDeployed });
      throw error;
    }
    return mountersOf(resolved, files.filter(({ change }) => change === "changed").map(({ path }) => path));
  }
}

/** Services that mount one of the files themselves: they keep the old file until they are recreated. */
function mountersOf({ config }: Resolved, paths: readonly string[]): string[] {
  return Object.entries(config).filter(([, service]) =>
    itemsOf(service["volumes"]).map(fieldsOf).some(({ type, source }) =>
      type === "bind" && paths.some((path) => textOf(source)?.endsWith(`/${path}`))
    )
  ).map(([name]) => name);
}
