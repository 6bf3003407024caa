/** Runs operations: one at a time per project, several projects in parallel, independent of the clients that started them. */
import type { ComposeEnd } from "../compose/compose.ts";
import { AppError, reason } from "../errors.ts";
import { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import type { Operation, OperationState } from "../protocol/operations.ts";
import type { DetailedStackEvent, StackStatus } from "../protocol/stack_events.ts";
import type { Journal, JournalEntry } from "../store/journal.ts";
import { storageError } from "../store/stored.ts";
import { WriteRetry } from "./progress/write_retry.ts";
import { errorEvent, operationOwner, progressEvent, removedEvent, statusEvent } from "./progress/events.ts";
import { OperationNotes } from "./progress/operation_notes.ts";
import { failureReason } from "./public_view.ts";
import { type OperationObserver, type Plan, type RunnerStates, type Running, subjectOf } from "./running.ts";
import { hostPlace, type LockPlace, Locks, placeOf, type ProjectLock, projectPlace } from "./run/locks.ts";
import { type Publish, type PublishOptions, RunReporter } from "./progress/run_reporter.ts";
import { Semaphore } from "../semaphore.ts";
import { cancelledMessage } from "./commands.ts";

interface Job {
  readonly plan: Plan;
  readonly operation: Operation;
  readonly stop: AbortController;
  readonly resources: Map<string, JournalEntry>;
}

const log = getLogger(["dockstat", "stacks"]);

/** Reason for the end of an operation that was stopped but not cancelled. */
const ENDING = "DockStat ended while it ran";

/** The running operations of all projects. */
export class Runner implements AsyncDisposable {
  /** Every event, once it is stored. */
  readonly events = new Hub<JournalEntry>();
  /** Every operation that has ended, after its last event. */
  readonly ended = new Hub<Operation>();
  /** Number of operations that ended in each state since the start. */
  readonly ends = new Map<OperationState, number>();
  readonly #running = new Map<string, Running>();
  readonly #locks = new Locks();
  /** Time of the end of each project's last operation, as of `performance.now()`. */
  readonly #endedAt = new Map<string, number>();
  readonly #slots: Semaphore;
  readonly #writes = new WriteRetry();
  #ending = false;

  constructor(
    readonly states: RunnerStates,
    readonly journal: Journal,
    parallel: number,
    readonly observer?: OperationObserver,
  ) {
    this.#slots = new Semaphore(parallel);
  }

  /** Returns the running or queued operation of a project. */
  of(hostId: string, project: string): Running | undefined {
    return this.#running.get(`${hostId}/${project}`);
  }

  /** Reports whether a project has had no operation for a time, ms. */
  isQuiet(hostId: string, project: string, ms: number): boolean {
    const key = `${hostId}/${project}`;
    return !this.#running.has(key) && performance.now() - (this.#endedAt.get(key) ?? -Infinity) >= ms;
  }

  /** Returns all running and queued operations. */
  all(): readonly Running[] {
    return [...this.#running.values()];
  }

  /**
   * Starts an operation.
   *
   * @param hold The caller's lock on the project, if it has one.
   * @throws {AppError} "forbidden" if the host is view only, "busy" if the project has an operation already, "failed" if it
   * cannot be stored.
   */
  begin(plan: Plan, hold?: ProjectLock): Running {
    const place = placeOf(plan);
    this.#checkPlace(place, `${plan.command} ${subjectOf(plan)}`, hold, plan.storedOnly);
    const operation = this.#store(plan);
    const stop = new AbortController();
    const resources = new Map<string, JournalEntry>();
    const done = this.#run({ plan, operation, stop, resources }).catch((error) =>
      log.error("Operation {id} ended with an unexpected error: {error}", {
        id: operation.operation_id,
        error,
      })
    );
    const running = { operation, done, cancel: () => stop.abort(), resources };
    this.#running.set(place.key, running);
    return running;
  }

  /**
   * Refuses a change on a view-only host, and a second operation on a project.
   *
   * @param own The caller's lock on the project, and the id of the swarm if the project is a stack of one.
   * @throws {AppError} "forbidden" on a view-only host, "busy" with the running operation, "unavailable" at the end.
   */
  checkFree(
    command: string,
    hostId: string,
    project: string,
    stackId: number | null,
    own: { readonly hold?: ProjectLock | undefined; readonly swarm?: string } = {},
  ): void {
    const what = stackId === null ? `project "${project}"` : `stack "${stackId}"`;
    this.#checkPlace(projectPlace(hostId, project, own.swarm), `${command} ${what}`, own.hold);
  }

  /** Every change on a host passes this check before anything starts. */
  #checkPlace(place: LockPlace, what: string, hold: ProjectLock | undefined, storedOnly = false): void {
    if (!storedOnly) this.states.checkMayChange(place.hostId, what);
    const refusal = `Cannot ${what}`;
    if (this.#ending) throw new AppError("unavailable", `${refusal}: the server is shutting down`);
    const why = this.#locks.obstacle(place, this.all().map(({ operation }) => operation), hold);
    if (why !== undefined) throw new AppError("busy", `${refusal}: ${why}`);
  }

  /**
   * Locks a project until the end of the scope: only callers that pass the lock can start an operation.
   *
   * @throws {AppError} "forbidden" if the host is view only, "busy" if it is locked or has an operation.
   */
  lock(command: string, hostId: string, project: string, stackId: number | null): ProjectLock {
    this.checkFree(command, hostId, project, stackId);
    return this.#locks.hold(projectPlace(hostId, project));
  }

  /** Locks everything on a host until the end of the scope, like {@linkcode lock}; "forbidden" if it is view only. */
  lockHost(command: string, hostId: string): ProjectLock {
    this.#checkPlace(hostPlace(hostId), `${command} host "${hostId}"`, undefined);
    return this.#locks.hold(hostPlace(hostId));
  }

  /** Stores an event, then sends it to all clients: a crash cannot take back what a client has seen. */
  publish(event: DetailedStackEvent, { detailOnly = false, stored }: PublishOptions = {}): void {
    this.#writes.write(() => {
      const entry = this.journal.append(event, detailOnly);
      stored?.(entry);
      this.events.publish([entry]);
    });
  }

  /** Interrupts all operations. Compose gets SIGINT, and SIGKILL if it does not exit. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending = true;
    const running = this.all();
    for (const { cancel } of running) cancel();
    await Promise.all(running.map(({ done }) => done));
    this.#writes[Symbol.dispose]();
  }

  #store(plan: Plan): Operation {
    try {
      return this.journal.begin(plan);
    } catch (cause) {
      throw storageError(`${plan.command} ${subjectOf(plan)}`, cause);
    }
  }

  async #run(job: Job): Promise<void> {
    const { operation, plan, plan: { hide, hostId }, stop: { signal } } = job;
    try {
      using _slot = plan.aside ? undefined : await this.#slots.acquire(signal, () => this.#waiting(job));
      this.#writes.write(() => this.journal.started(operation.operation_id));
      await this.observer?.keepLogs(operation, signal, plan.removes);
      const end = await this.#work(job);
      const isDone = end.code === 0 && !signal.aborted;
      const kept = isDone ? await plan.finished?.() : undefined;
      const record = isDone ? await plan.record?.() : undefined;
      if (record !== undefined) this.#writes.write(record);
      await this.states.refresh(hostId);
      if (end.code !== 0 && !signal.aborted) {
        this.#failed(job, end.code, hide(failureReason(end.error ?? "")));
      } else if (signal.aborted) this.#stopped(job, end.code);
      else this.#succeeded(job, kept);
    } catch (error) {
      await this.states.refresh(hostId);
      if (signal.aborted) this.#stopped(job, null);
      else this.#failed(job, null, hide(reason(error)));
    }
    this.observer?.ended(operation);
    this.ended.publish([operation]);
  }

  async #work({ plan, operation, stop: { signal }, resources }: Job): Promise<ComposeEnd> {
    const notes = new OperationNotes(operation.operation_id, this.journal, this.#writes, plan.hide);
    const publish: Publish = (event, options) => this.publish(event, options);
    const reporter = new RunReporter(operation, resources, notes, plan.hide, publish);
    try {
      return await plan.work({ signal, report: (line) => reporter.take(line) });
    } finally {
      notes.flush();
    }
  }

  #waiting(job: Job): void {
    const message = `Waiting for one of ${this.#slots.limit} other operations to end`;
    this.publish(progressEvent(job.operation, message));
  }

  #succeeded(job: Job, kept: readonly string[] | undefined): void {
    const { plan, operation, operation: { operation_id: id, action, project, target } } = job;
    if (kept !== undefined) this.#writes.write(() => this.journal.kept(id, kept));
    log.info("Operation {id} succeeded: {action} {name}", { id, action, name: project ?? target.name });
    this.#end(job, "succeeded", 0, null);
    const { status, message } = plan.success;
    const event = status === undefined
      ? removedEvent(operationOwner(operation), message)
      : this.#status(operation, status, message);
    this.publish(event, { detailOnly: plan.aside !== undefined });
  }

  #status(operation: Operation, status: StackStatus, message: string): DetailedStackEvent {
    const { hostId, project } = operation;
    const state = project === null ? "unknown" : this.states.of(hostId, project);
    return statusEvent(operationOwner(operation), status, message, state);
  }

  #failed(job: Job, code: number | null, error: string): void {
    const { operation_id: id, action, project, target } = job.operation;
    log.warn("Operation {id} failed: {action} {name}", { id, action, name: project ?? target.name });
    this.#end(job, "failed", code, error);
    this.publish(errorEvent(job.operation, error));
  }

  #stopped(job: Job, code: number | null): void {
    const { operation } = job;
    if (this.#ending) {
      this.#end(job, "interrupted", code, ENDING);
      this.publish(errorEvent(operation, `interrupted: ${ENDING}`));
      return;
    }
    this.#end(job, "cancelled", code, null);
    this.publish(this.#status(operation, "cancelled", cancelledMessage(operation.action)));
  }

  /** Runs before the last event is sent: a client that receives it can start the next operation at once. */
  #end({ operation, plan }: Job, state: OperationState, code: number | null, error: string | null): void {
    const { key } = placeOf(plan);
    this.#running.delete(key);
    this.#endedAt.set(key, performance.now());
    this.ends.set(state, (this.ends.get(state) ?? 0) + 1);
    this.#writes.write(() => this.journal.ended(operation.operation_id, state, code, error));
  }
}
