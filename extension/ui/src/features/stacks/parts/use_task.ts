import { useCallback, useState } from "react";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { Refusal, Unreachable } from "../../../lib/transport/transport.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useReturn } from "./use_retry.ts";
import { ACTION_WORDS } from "../model/labels.ts";

/** Something that is asked of the server, one at a time. */
export interface Task {
  /** Whether the server has not answered yet. */
  readonly asking: boolean;
  /** The server's words when it has refused. */
  readonly refusal: string | undefined;
  /** True when the server refused because files of the stack were changed outside DockStat. */
  readonly hasChangedFiles: boolean;
  readonly dismiss: () => void;
  /** Asks; what becomes of it is told by the feed. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/** Asks, keeps the words of a refusal, and has the list read again. */
export function useTask(feed: StackFeed): Task {
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<{ readonly error: unknown }>();
  const dismiss = useCallback(() => setRefused(undefined), []);
  useReturn(feed, refused?.error instanceof Unreachable, dismiss);
  const run = useCallback(async (work: () => Promise<void>) => {
    setAsking(true);
    setRefused(undefined);
    try {
      await work();
    } catch (error) {
      setRefused({ error });
    } finally {
      setAsking(false);
      feed.refresh();
    }
  }, [feed]);
  const hasChangedFiles = refused !== undefined && namesChangedFiles(refused.error);
  return { asking, refusal: refused && wordsOf(refused.error), hasChangedFiles, dismiss, run };
}

/** Whether an error is the refusal of a run for changed files: a conflict that names a text. */
export function namesChangedFiles(error: unknown): boolean {
  if (!(error instanceof Refusal) || error.problem.status !== 409) return false;
  return error.problem.errors?.some(({ path }) => path === "compose" || path === "env") ?? false;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The operation of a stack as a reason not to begin another; `undefined` when there is none. */
export function busyWith({ operation, name, managed }: Stack): string | undefined {
  if (operation === null) return undefined;
  return `${ACTION_WORDS[operation.action].doing} "${name}" has not ended: wait for it${
    managed ? ", or cancel it" : ""
  }.`;
}
