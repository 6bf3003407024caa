/** Types of running operations and of locks on projects. */
import type { ComposeProject } from "../compose/compose.ts";
import type { Operation } from "../protocol/operations.ts";
import type { JournalEntry } from "../store/journal.ts";

/** The stack or project that an operation acts on. */
export interface Target {
  /** `null` for a project that DockStat did not create. */
  readonly stackId: number | null;
  readonly hostId: string;
  readonly project: ComposeProject;
  /** The text of its `.env`, whose values are cut out of all messages. */
  readonly env: string | undefined;
  /** Writes the files that Compose reads; disposing the result removes them. */
  readonly prepare?: () => Promise<AsyncDisposable>;
  /** Called right before Compose runs; the operation fails with the error that it throws. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Called after a success, before it is published; returns the paths that a removal has left. */
  readonly finished?: () => Promise<readonly string[]>;
}

/** A running or queued operation. */
export interface Running {
  readonly operation: Operation;
  /** Resolves when it has ended; never rejects. */
  readonly done: Promise<void>;
  readonly cancel: () => void;
  /** The newest event of each resource, and each warning. */
  readonly resources: ReadonlyMap<string, JournalEntry>;
}

/** A lock on a project for work outside of operations, until its scope ends. */
export type ProjectLock = Disposable;
