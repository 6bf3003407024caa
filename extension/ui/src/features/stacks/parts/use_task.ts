import { useCallback, useState } from "react";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { Refusal, Unreachable } from "../../../lib/transport/transport.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useReturn } from "./use_retry.ts";

/** State of the requests of one view, which are sent one at a time. */
export interface Task {
  /** True until the server has answered. */
  readonly asking: boolean;
  /** Message of the request that failed. */
  readonly refusal: string | undefined;
  /** True when the server refused because files of the stack were changed outside DockStat. */
  readonly hasChangedFiles: boolean;
  readonly dismiss: () => void;
  /** Sends a request. The feed reports the result. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/** Props of components that start operations on a stack. */
export interface StackTaskProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly stack: Stack;
}

/** Sends requests, keeps the message of a failure, and reloads the list afterwards. */
export function useTask(feed: StackFeed): Task {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  const dismiss = useCallback(() => setFailure(undefined), []);
  useReturn(feed, failure?.error instanceof Unreachable, dismiss);
  const run = useCallback(async (work: () => Promise<void>) => {
    setAsking(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure({ error });
    } finally {
      setAsking(false);
      feed.refresh();
    }
  }, [feed]);
  const hasChangedFiles = failure !== undefined && namesChangedFiles(failure.error);
  return { asking, refusal: failure && messageOf(failure.error), hasChangedFiles, dismiss, run };
}

/** Reports if an error is the refusal of a run for changed files: a conflict that names a file. */
export function namesChangedFiles(error: unknown): boolean {
  if (!(error instanceof Refusal) || error.problem.status !== 409) return false;
  return error.problem.errors?.some(({ path }) => path === "compose" || path === "env") ?? false;
}

/** Returns the message of a failed request. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
