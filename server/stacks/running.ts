/** What is being done to a project, and who has it meanwhile. */
import type { ComposeProject } from "../compose/compose.ts";
import type { Operation } from "../protocol/operations.ts";
import type { JournalEntry } from "../store/journal.ts";

/** What an operation is done to. */
export interface Target {
  /** `null` for a project that DockStat did not create. */
  readonly stackId: number | null;
  readonly hostId: string;
  readonly project: ComposeProject;
  /** The text of its `.env`, whose values nobody is told. */
  readonly env: string | undefined;
  /** Writes the files that Compose reads; disposing the result removes them. */
  readonly prepare?: () => Promise<AsyncDisposable>;
  /** Called right before Compose runs; the operation fails with the error that it throws. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Called after a success, before it is published; returns the paths that a removal has left. */
  readonly finished?: () => Promise<readonly string[]>;
}

/** An operation that has not ended. */
export interface Running {
  readonly operation: Operation;
  /** Resolves when it is over; never rejects. */
  readonly done: Promise<void>;
  readonly cancel: () => void;
  /** The newest event of each resource. */
  readonly resources: ReadonlyMap<string, JournalEntry>;
}

/** Keeps a project for what is no operation, until its scope ends. */
export type ProjectLock = Disposable;
