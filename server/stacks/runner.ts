/** Runs operations: one at a time per project, several projects in parallel, independent of the clients that started them. */
import type { Compose, ComposeEnd } from "../compose/compose.ts";
import { AppError, reason } from "../errors.ts";
import { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import type { Operation, OperationState } from "../protocol/operations.ts";
import type { DetailedStackEvent } from "../protocol/stack_events.ts";
import type { Journal, JournalEntry } from "../store/journal.ts";
import { WriteRetry } from "./write_retry.ts";
import { type Redact, redactEnvValues } from "../compose/env_values.ts";
import { errorEvent, operationOwner, progressEvent, removedEvent, statusEvent } from "./events.ts";
import { OperationNotes } from "./operation_notes.ts";
import { ENGINE_NOT_REACHABLE } from "./public_view.ts";
import type { ProjectLock, Running, Target } from "./running.ts";
import { type Publish, type PublishOptions, RunReporter } from "./run_reporter.ts";
import { Semaphore } from "./semaphore.ts";
import { type Command, COMMANDS } from "../protocol/commands.ts";
import { cancelledMessage, COMPOSE_RUNS, successMessage } from "./commands.ts";

interface Job {
  readonly target: Target;
  readonly command: Command;
  readonly args: readonly string[];
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
  readonly #held = new Map<string, ProjectLock>();
  /** Time of the end of each project's last operation, as of `performance.now()`. */
  readonly #endedAt = new Map<string, number>();
  readonly #slots: Semaphore;
  readonly #writes = new WriteRetry();
  #ending = false;

  constructor(readonly compose: Compose, readonly journal: Journal, parallel: number) {
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
   * @throws {AppError} "busy" if the project has an operation already, "failed" if it cannot be stored.
   */
  begin(command: Command, target: Target, args: readonly string[] = [], hold?: ProjectLock): Running {
    this.checkFree(command, target.hostId, target.project.name, target.stackId, hold);
    const key = `${target.hostId}/${target.project.name}`;
    const operation = this.#store(command, target);
    const stop = new AbortController();
    const resources = new Map<string, JournalEntry>();
    const done = this.#run({ target, command, args, operation, stop, resources }).catch((error) =>
      log.error("Operation {id} ended with an unexpected error: {error}", {
        id: operation.operation_id,
        error,
      })
    );
    const running = { operation, done, cancel: () => stop.abort(), resources };
    this.#running.set(key, running);
    return running;
  }

  /**
   * Refuses a second operation on a project.
   *
   * @param hold The caller's lock on the project, if it has one.
   * @throws {AppError} "busy", naming the running operation; "unavailable" while the server shuts down.
   */
  checkFree(
    command: string,
    hostId: string,
    project: string,
    stackId: number | null,
    hold?: ProjectLock,
  ): void {
    if (this.#ending) {
      throw new AppError("unavailable", `Cannot ${command} "${project}": the server is shutting down`);
    }
    const holder = this.of(hostId, project)?.operation;
    if (holder === undefined && this.#held.get(`${hostId}/${project}`) === hold) return;
    const what = stackId === null ? `project "${project}"` : `stack "${stackId}"`;
    const why = holder === undefined
      ? "its files are being written. Try again"
      : `operation ${holder.operation_id} (${holder.action}) has not ended`;
    throw new AppError("busy", `Cannot ${command} ${what}: ${why}`);
  }

  /**
   * Locks a project until the end of the scope: only callers that pass the lock can start an operation.
   *
   * @throws {AppError} "busy" if it is locked or has an operation.
   */
  lock(command: string, hostId: string, project: string, stackId: number | null): ProjectLock {
    this.checkFree(command, hostId, project, stackId);
    const key = `${hostId}/${project}`;
    const hold = { [Symbol.dispose]: () => void this.#held.delete(key) };
    this.#held.set(key, hold);
    return hold;
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

  #store(command: Command, { stackId, hostId, project }: Target): Operation {
    const { action } = COMMANDS[command];
    try {
      return this.journal.begin({ stackId, hostId, project: project.name, action });
    } catch (cause) {
      throw new AppError("failed", `Cannot ${command} "${project.name}": ${reason(cause)}`, { cause });
    }
  }

  async #run(job: Job): Promise<void> {
    const { operation, target, stop: { signal } } = job;
    const hide = redactEnvValues(target.env);
    try {
      using _slot = await this.#slots.acquire(signal, () => this.#publishWaiting(job));
      this.#writes.write(() => this.journal.started(operation.operation_id));
      const end = await this.#runCompose(job, hide);
      if (signal.aborted) this.#stopped(job, end.code);
      else if (end.code !== 0) this.#failed(job, end.code, hide(failureReason(end.error ?? "")));
      else await this.#succeeded(job);
    } catch (error) {
      if (signal.aborted) this.#stopped(job, null);
      else this.#failed(job, null, hide(reason(error)));
    }
    this.ended.publish([operation]);
  }

  async #runCompose(job: Job, hide: Redact): Promise<ComposeEnd> {
    const { target: { project }, command, args, stop: { signal }, operation, resources } = job;
    // Disposed before the operation ends, because the next one writes the same files.
    await using _files = await job.target.prepare?.();
    signal.throwIfAborted();
    await job.target.check?.(signal);
    const notes = new OperationNotes(operation.operation_id, this.journal, this.#writes, hide);
    const publish: Publish = (event, options) => this.publish(event, options);
    const reporter = new RunReporter(operation, resources, notes, hide, publish);
    let end: ComposeEnd = { code: 0, error: undefined };
    for (const run of COMPOSE_RUNS[command]) {
      end = await this.compose.run(project, [...run, ...args], (line) => reporter.take(line), signal);
      if (end.code !== 0 || signal.aborted) break;
    }
    notes.flush();
    return end;
  }

  #publishWaiting(job: Job): void {
    const message = `Waiting for one of ${this.#slots.limit} other operations to end`;
    this.publish(progressEvent(job.operation, message));
  }

  async #succeeded(job: Job): Promise<void> {
    const { target, command, operation } = job;
    const { status } = COMMANDS[command];
    const kept = await target.finished?.();
    const { operation_id: id, action, project } = operation;
    if (kept !== undefined) this.#writes.write(() => this.journal.kept(id, kept));
    log.info("Operation {id} succeeded: {action} {project}", { id, action, project });
    this.#end(job, "succeeded", 0, null);
    const owner = operationOwner(operation);
    const message = successMessage(command, target.stackId === null ? "Project" : "Stack");
    this.publish(status === undefined ? removedEvent(owner, message) : statusEvent(owner, status, message));
  }

  #failed(job: Job, code: number | null, error: string): void {
    const { operation_id: id, action, project } = job.operation;
    log.warn("Operation {id} failed: {action} {project}", { id, action, project });
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
    this.publish(statusEvent(operationOwner(operation), "cancelled", cancelledMessage(operation.action)));
  }

  /** Runs before the last event is sent: a client that receives it can start the next operation at once. */
  #end({ operation, target }: Job, state: OperationState, code: number | null, error: string | null): void {
    const key = `${target.hostId}/${target.project.name}`;
    this.#running.delete(key);
    this.#endedAt.set(key, performance.now());
    this.ends.set(state, (this.ends.get(state) ?? 0) + 1);
    this.#writes.write(() => this.journal.ended(operation.operation_id, state, code, error));
  }
}

/** Replaces the engine client's text for an engine that cannot be reached; the host's state has the details. */
function failureReason(error: string): string {
  const unreachable =
    /cannot connect to the docker daemon|error during connect|failed to connect to the docker api/i;
  return unreachable.test(error) ? ENGINE_NOT_REACHABLE : error;
}
