/** Types of operations: their plan and their run. */
import type { ComposeEnd } from "../compose/compose.ts";
import type { Redact } from "../compose/env_values.ts";
import type { ProgressLine } from "../compose/progress.ts";
import type { Operation } from "../protocol/operations.ts";
import type { EventTarget, StackAction, StackState, StackStatus } from "../protocol/stack_events.ts";
import type { JournalEntry } from "../store/journal.ts";

/** Conditions of running work. */
export interface RunContext {
  /** Aborts when the operation is cancelled or the server ends. */
  readonly signal: AbortSignal;
  /** Reports progress, a warning or output. */
  readonly report: (line: ProgressLine) => void;
}

/** Access of the runner to the containers that its operations change. */
export interface RunnerStates {
  /** Reads the containers of a host again; never rejects. */
  refresh(hostId: string): Promise<void>;
  /** Returns the state of a project's containers. */
  of(hostId: string, project: string): StackState;
  /**
   * Refuses a change on a view-only host.
   *
   * @param what Change for the refusal, such as "start service shop".
   * @throws {AppError} "forbidden" with the reason.
   */
  checkMayChange(hostId: string, what: string): void;
}

/** A part that follows operations. */
export interface OperationObserver {
  /**
   * Reads the logs of the containers that an operation may remove; never rejects.
   *
   * @param removes Ids of the containers of an operation on a host.
   */
  keepLogs(operation: Operation, signal: AbortSignal, removes?: readonly string[]): Promise<void>;
  /** Takes an operation that has ended. */
  ended(operation: Operation): void;
}

/** An operation that can be started. */
export interface Plan {
  /** Verb for refusals, such as "deploy". */
  readonly command: string;
  readonly action: StackAction;
  /** `null` for a project that DockStat did not create and for a container outside of stacks. */
  readonly stackId: number | null;
  readonly hostId: string;
  /** The project, whose lock it takes; `null` for a container that belongs to none. */
  readonly project: string | null;
  /** Id of the swarm that it changes, whose other managers are locked as well. */
  readonly swarm?: string;
  readonly target: EventTarget;
  /** Ids of the containers that an operation on a host removes. */
  readonly removes?: readonly string[];
  /**
   * Key of work that runs beside other operations, such as a terminal. It takes neither the lock of the project nor a
   * slot, and its success is published only to clients that ask for every detail.
   */
  readonly aside?: string;
  /** True for work that changes only what DockStat stores, which a view-only host allows too. */
  readonly storedOnly?: true;
  /** Cuts secrets out of all texts. */
  readonly hide: Redact;
  /** Does the work; an exit code other than 0 is a failure. */
  readonly work: (context: RunContext) => Promise<ComposeEnd>;
  /** Called after a success, before it is published; returns the paths that a removal has left. */
  readonly finished?: () => Promise<readonly string[]>;
  /** Called after a success; returns the write that stores what was done, which a full disk may delay. */
  readonly record?: () => Promise<() => void>;
  /** Event of a success; a status of `undefined` means that the stack no longer exists. */
  readonly success: { readonly status: StackStatus | undefined; readonly message: string };
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

/** Names the object of a plan in refusals. */
export function subjectOf(
  { stackId, project, target: { kind, name } }: Pick<Plan, "stackId" | "project" | "target">,
): string {
  if (kind !== "stack") return `${kind} "${name}"`;
  return stackId === null ? `project "${project}"` : `stack "${stackId}"`;
}
