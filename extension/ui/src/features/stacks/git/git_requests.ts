import type {
  ChangedGit,
  GitChange,
  GitDifference,
  NewGitStack,
} from "../../../../../../server/protocol/git/git.ts";
import type { StackGit } from "../../../../../../server/protocol/git/stack_git.ts";
import type { SavedStack, Stack } from "../../../../../../server/protocol/stacks.ts";
import type { Transport } from "../../../lib/transport/transport.ts";

export type { ChangedGit, GitChange, GitDifference, NewGitStack, StackGit };

/** A file that a pull would change. */
export type GitFileChange = GitDifference["files"][number];

/** Requests about stacks from Git. Each method throws a `Refusal` or `Unreachable`. */
export class GitRequests {
  constructor(readonly transport: Transport) {}

  /** Creates a stack from a branch; returns its id. */
  async create(stack: NewGitStack): Promise<number> {
    return (await this.transport.ask<SavedStack>("/stacks/git", { method: "POST", body: stack })).stack_id!;
  }

  /** Loads the Git side of a stack; `null` for one that does not come from Git. */
  async state(stackId: number, signal: AbortSignal): Promise<StackGit | null> {
    return (await this.transport.ask<Stack>(`/stacks/${stackId}`, { signal })).git ?? null;
  }

  /** Compares a stack with its branch. */
  async difference(stackId: number, signal: AbortSignal): Promise<GitDifference> {
    return await this.transport.ask(`/stacks/${stackId}/git/pull?dryRun=1`, { method: "POST", signal });
  }

  /** Starts to pull the commit whose difference was shown. */
  async pull(stackId: number, { to, forward }: GitDifference): Promise<void> {
    const rewritten = forward ? "" : "&rewritten=1";
    await this.transport.ask(`/stacks/${stackId}/git/pull?commit=${to}${rewritten}`, { method: "POST" });
  }

  /** Changes what pulls a stack automatically. */
  async change(stackId: number, change: GitChange): Promise<ChangedGit> {
    return await this.transport.ask(`/stacks/${stackId}/git`, { method: "PUT", body: change });
  }
}
