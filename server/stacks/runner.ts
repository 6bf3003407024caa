/** Runs operations: one at a time per project, several projects at once; they outlive who asked for them. */
import type { Compose, ComposeEnd } from "../compose/compose.ts";
import { AppError, reason } from "../errors.ts";
import { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import type { Operation, OperationState } from "../protocol/operations.ts";
import type { StackEvent } from "../protocol/stack_events.ts";
import type { Journal, JournalEntry } from "../store/journal.ts";
import { WriteRetry } from "./write_retry.ts";
import { type Redact, redactEnvValues } from "../compose/env_values.ts";
import { errorEvent, eventOwner, progressEvent } from "./events.ts";
import type { ProjectLock, Running, Target } from "./running.ts";
import { ProgressFilter } from "./progress_filter.ts";
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

/** Why an operation was stopped that nobody has cancelled. */
const ENDING = "DockStat ended while it ran";

/** Everything that is being done to projects. */
export class Runner implements AsyncDisposable {
  /** Every event, once it is kept. */
  readonly events = new Hub<JournalEntry>();
  /** Every operation that is over, once that was told. */
  readonly ended = new Hub<Operation>();
  /** How many operations have come to each end since the start. */
  readonly ends = new Map<OperationState, number>();
  readonly #running = new Map<string, Running>();
  readonly #held = new Map<string, ProjectLock>();
  /** When the last operation of a project has ended, on the clock of `performance.now()`. */
  readonly #endedAt = new Map<string, number>();
  readonly #turns: Semaphore;
  readonly #keeper: WriteRetry;
  #ending = false;

  constructor(readonly compose: Compose, readonly journal: Journal, parallel: number) {
    this.#turns = new Semaphore(parallel);
    this.#keeper = new WriteRetry();
  }

  /** The operation of a project that has not ended. */
  of(hostId: string, project: string): Running | undefined {
    return this.#running.get(`${hostId}/${project}`);
  }

  /** Whether nothing was done to a project for so long, ms. */
  isQuiet(hostId: string, project: string, ms: number): boolean {
    const key = `${hostId}/${project}`;
    return !this.#running.has(key) && performance.now() - (this.#endedAt.get(key) ?? -Infinity) >= ms;
  }

  /** All operations that have not ended. */
  all(): readonly Running[] {
    return [...this.#running.values()];
  }

  /**
   * Begins an operation.
   *
   * @param hold What the asker has of the project, if anything.
   * @throws {AppError} "busy" when the project has one already, "failed" when it cannot be kept.
   */
  begin(command: Command, target: Target, args: readonly string[] = [], hold?: ProjectLock): Running {
    this.checkFree(command, target.hostId, target.project.name, target.stackId, hold);
    const key = `${target.hostId}/${target.project.name}`;
    const operation = this.#begun(command, target);
    const stop = new AbortController();
    const resources = new Map<string, JournalEntry>();
    const done = this.#run({ target, command, args, operation, stop, resources }).catch((error) =>
      log.error("Operation {id} has ended in a way that was not foreseen: {error}", {
        id: operation.operation_id,
        error,
      })
    );
    const running = { operation, done, cancel: () => stop.abort(), resources };
    this.#running.set(key, running);
    return running;
  }

  /**
   * Refuses what would be a project's second operation.
   *
   * @param hold What the asker has of the project, if anything.
   * @throws {AppError} "busy" that names the first.
   */
  checkFree(
    command: string,
    hostId: string,
    project: string,
    stackId: number | null,
    hold?: ProjectLock,
  ): void {
    if (this.#ending) throw new AppError("unavailable", "Cannot begin anything: the server is going away");
    const holder = this.of(hostId, project)?.operation;
    if (holder === undefined && this.#held.get(`${hostId}/${project}`) === hold) return;
    const what = stackId === null ? `project "${project}"` : `stack "${stackId}"`;
    const why = holder === undefined
      ? "its texts are being written; try again"
      : `operation ${holder.operation_id} (${holder.action}) has not ended`;
    throw new AppError("busy", `Cannot ${command} ${what}: ${why}`);
  }

  /**
   * Keeps a project: until the end of the scope nothing begins there but by whoever shows this.
   *
   * @throws {AppError} "busy" when somebody has it.
   */
  lock(command: string, hostId: string, project: string, stackId: number | null): ProjectLock {
    this.checkFree(command, hostId, project, stackId);
    const key = `${hostId}/${project}`;
    const hold = { [Symbol.dispose]: () => void this.#held.delete(key) };
    this.#held.set(key, hold);
    return hold;
  }

  /** Keeps an event and tells everybody; in this order, so that nobody has seen what a crash can take back. */
  publish(event: StackEvent, operationId: number | null, kept?: (entry: JournalEntry) => void): void {
    this.#keeper.write(() => {
      const entry = this.journal.append(event, operationId);
      kept?.(entry);
      this.events.publish([entry]);
    });
  }

  /** Interrupts what runs; Compose is ended in order, and by force when it takes too long. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending = true;
    const running = this.all();
    for (const { cancel } of running) cancel();
    await Promise.all(running.map(({ done }) => done));
    this.#keeper[Symbol.dispose]();
  }

  #begun(command: Command, { stackId, hostId, project }: Target): Operation {
    const { action } = COMMANDS[command];
    try {
      return this.journal.begin({ stackId, hostId, project: project.name, action });
    } catch (cause) {
      throw new AppError("failed", `Cannot ${command} "${project.name}": ${reason(cause)}`, { cause });
    }
  }

  async #run(job: Job): Promise<void> {
    const { operation_id: id } = job.operation;
    const hide = redactEnvValues(job.target.env);
    try {
      using _turn = await this.#turns.acquire(job.stop.signal, () => this.#tellWaiting(job));
      this.#keeper.write(() => this.journal.started(id));
      const end = await this.#runCompose(job, hide);
      if (job.stop.signal.aborted) this.#stopped(job, end.code);
      else if (end.code !== 0) this.#failed(job, end.code, hide(end.words ?? ""));
      else await this.#succeeded(job);
    } catch (error) {
      if (job.stop.signal.aborted) this.#stopped(job, null);
      else this.#failed(job, null, hide(reason(error)));
    }
    this.ended.publish([job.operation]);
  }

  async #runCompose(job: Job, hide: Redact): Promise<ComposeEnd> {
    const { target: { project }, command, args, stop: { signal } } = job;
    // Disposed before the operation ends, because the next one writes the same files.
    await using _files = await job.target.prepare?.();
    signal.throwIfAborted();
    const teller = new ProgressFilter();
    let end: ComposeEnd = { code: 0, words: undefined };
    await job.target.check?.(signal);
    for (const run of COMPOSE_RUNS[command]) {
      end = await this.compose.run(project, [...run, ...args], (line) => {
        const telling = teller.tell(line);
        if (line.kind === "note") {
          log.info("Compose on {project}: {words}", { project: project.name, words: hide(line.message) });
        }
        if (telling === undefined) return;
        const event = progressEvent(job.operation, hide(telling.message));
        this.publish(
          event,
          job.operation.operation_id,
          (entry) => job.resources.set(telling.resource, entry),
        );
      }, signal);
      if (end.code !== 0 || signal.aborted) break;
    }
    return end;
  }

  #tellWaiting(job: Job): void {
    const message = `Waiting for one of ${this.#turns.most} other operations to end`;
    this.publish(progressEvent(job.operation, message), job.operation.operation_id);
  }

  async #succeeded(job: Job): Promise<void> {
    const { target, command, operation } = job;
    const { status } = COMMANDS[command];
    const kept = await target.finished?.();
    if (kept !== undefined) this.#keeper.write(() => this.journal.kept(operation.operation_id, kept));
    const who = eventOwner(operation);
    log.info("Operation {id} has ended well: {action} {project}", {
      id: operation.operation_id,
      action: operation.action,
      project: operation.project,
    });
    this.#end(job, "succeeded", 0, null);
    const message = successMessage(command, target.stackId === null ? "Project" : "Stack");
    if (status === undefined) {
      this.publish({ type: "stack-removed", data: { ...who, message } }, operation.operation_id);
    } else this.publish({ type: "stack-status", data: { ...who, status, message } }, operation.operation_id);
  }

  #failed(job: Job, code: number | null, words: string): void {
    log.warn("Operation {id} has failed: {words}", { id: job.operation.operation_id, words });
    this.#end(job, "failed", code, words);
    this.publish(errorEvent(job.operation, words), job.operation.operation_id);
  }

  #stopped(job: Job, code: number | null): void {
    const { operation } = job;
    if (this.#ending) {
      this.#end(job, "interrupted", code, ENDING);
      this.publish(errorEvent(operation, `interrupted: ${ENDING}`), operation.operation_id);
      return;
    }
    this.#end(job, "cancelled", code, null);
    const data = {
      ...eventOwner(operation),
      status: "cancelled" as const,
      message: cancelledMessage(operation.action),
    };
    this.publish({ type: "stack-status", data }, operation.operation_id);
  }

  /** Before the end is told: who hears of it may begin the next. */
  #end({ operation, target }: Job, state: OperationState, code: number | null, error: string | null): void {
    const key = `${target.hostId}/${target.project.name}`;
    this.#running.delete(key);
    this.#endedAt.set(key, performance.now());
    this.ends.set(state, (this.ends.get(state) ?? 0) + 1);
    this.#keeper.write(() => this.journal.ended(operation.operation_id, state, code, error));
  }
}
