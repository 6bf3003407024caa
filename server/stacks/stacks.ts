/** Stacks and projects: their state, and commands on them. */
import { checkProjectName } from "../compose/project_name.ts";
import { AppError } from "../errors.ts";
import type { Command, CommandFor } from "../protocol/commands.ts";
import type { Failure, Operation } from "../protocol/operations.ts";
import type { Stack } from "../protocol/stacks.ts";
import type { StackRecord, StackTexts } from "../store/stack_record.ts";
import type { CommandOptions } from "./commands.ts";
import { composePlan } from "./compose_plan.ts";
import { explainFailure } from "./failures/explain.ts";
import { endpointOf } from "./hosts.ts";
import { type ComparedFiles, compareFiles } from "./run/changed_files.ts";
import type { ProjectLock } from "./run/locks.ts";
import type { Running } from "./running.ts";
import type { StackParts } from "./parts.ts";
import { planParts, releasePlan, stackPlan } from "./stack_plan.ts";

/** The stacks of all hosts, and the projects that DockStat did not create. */
export class Stacks {
  readonly #parts: StackParts;

  constructor(parts: StackParts) {
    this.#parts = parts;
  }

  /** Lists all stacks, then all other Compose projects. */
  list(): Stack[] {
    const records = this.#parts.store.all();
    const own = new Set(records.map(({ hostId, name }) => `${hostId}/${name}`));
    const others = [...this.#projects()].filter(([key]) => !own.has(key));
    return [
      ...records.map((record) => this.#managed(record)),
      ...others.map(([, project]) => this.#unmanaged(project)),
    ];
  }

  /**
   * Returns a stack.
   *
   * @throws {AppError} "not-found".
   */
  get(stackId: number): Stack {
    return this.#managed(this.record(stackId));
  }

  /**
   * Returns the stored record of a stack.
   *
   * @throws {AppError} "not-found".
   */
  record(stackId: number): StackRecord {
    const record = this.#parts.store.get(stackId);
    if (record === undefined) throw new AppError("not-found", `There is no stack "${stackId}"`);
    return record;
  }

  /**
   * Returns the texts of a stack, byte for byte; those of an adopted stack from its files.
   *
   * @throws {AppError} "not-found".
   */
  async texts(stackId: number): Promise<StackTexts> {
    const { store } = this.#parts;
    const stored = store.texts(stackId);
    if (this.record(stackId).composeFile === null) return stored;
    const { compose, env } = await this.compared(stackId);
    const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return {
      compose: compose.bytes === undefined ? stored.compose : decode(compose.bytes),
      env: env.bytes === undefined ? stored.env : decode(env.bytes),
    };
  }

  /** Compares the files of a stack with the stored texts. */
  async compared(stackId: number): Promise<ComparedFiles> {
    const { store } = this.#parts;
    return await compareFiles(store.paths(stackId), store.rows.get(stackId));
  }

  /**
   * Starts an operation on a stack, or on one of its services.
   *
   * @param options Options of the command, and the caller's lock of the project.
   * @throws {AppError} "not-found", "busy", or "failed".
   */
  async act(
    stackId: number,
    command: Command,
    { hold, ...options }: CommandOptions & { readonly hold?: ProjectLock } = {},
  ): Promise<Running> {
    const { runner } = this.#parts;
    const record = this.record(stackId);
    runner.checkFree(command, record.hostId, record.name, stackId, { hold });
    if (options.service !== undefined) this.#checkService(record, options.service);
    return runner.begin(await stackPlan(command, record, options, this.#parts), hold);
  }

  /**
   * Starts an operation on a project that DockStat did not create; if it did create it, on that stack.
   *
   * @throws {AppError} "not-found", "invalid" for a name that Compose cannot have given, "busy", "failed",
   *   "engine-unreachable" while its host cannot be read.
   */
  async actOnProject(
    hostId: string,
    name: string,
    command: CommandFor<"project">,
    options: CommandOptions = {},
  ): Promise<Running> {
    const { hosts, runner, store, states } = this.#parts;
    if (!hosts.has(hostId)) throw new AppError("not-found", `There is no host "${hostId}"`);
    checkProjectName(name);
    const managed = store.named(hostId, name);
    if (managed !== undefined) return await this.act(managed.stackId, command, options);
    const containers = states.containers(hostId, name);
    if (containers === undefined) {
      throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    }
    if (containers.length === 0) {
      throw new AppError("not-found", `There is no project "${name}" on host "${hostId}"`);
    }
    const project = { name, endpoint: endpointOf(hosts, hostId) };
    const target = { stackId: null, hostId, project, env: undefined };
    return runner.begin(composePlan(command, target, options, planParts(this.#parts)));
  }

  /**
   * Deletes the record of a stack; its containers and its texts stay.
   *
   * @throws {AppError} "not-found", "busy".
   */
  release(stackId: number): Running {
    const { runner, store } = this.#parts;
    return runner.begin(releasePlan(this.record(stackId), store));
  }

  /**
   * Cancels the operation of a stack.
   *
   * @throws {AppError} "not-found", or "busy" when nothing runs.
   */
  cancel(stackId: number): Running {
    const { hostId, name } = this.record(stackId);
    const running = this.#parts.runner.of(hostId, name);
    if (running === undefined) {
      throw new AppError("busy", `Cannot cancel stack "${stackId}": no operation runs on it`);
    }
    running.cancel();
    return running;
  }

  /**
   * Returns an operation.
   *
   * @throws {AppError} "not-found".
   */
  operation(operationId: number): Operation {
    const operation = this.#parts.journal.operation(operationId);
    if (operation === undefined) throw new AppError("not-found", `There is no operation "${operationId}"`);
    return operation;
  }

  /**
   * Explains why an operation failed.
   *
   * @throws {AppError} "not-found" for an operation that has not failed.
   */
  async failure(operationId: number): Promise<Failure> {
    const operation = this.operation(operationId);
    const { stack_id: stackId, hostId } = operation;
    const { store, feed } = this.#parts;
    const record = stackId === null ? undefined : store.get(stackId);
    const failure = await explainFailure(operation, {
      compose: record === undefined ? undefined : store.texts(record.stackId).compose,
      services: record?.services ?? [],
      containers: feed.containers(hostId) ?? [],
    });
    if (failure === undefined) {
      throw new AppError("not-found", `Operation "${operationId}" has no failure`);
    }
    return failure;
  }

  #checkService({ stackId, hostId, name, services }: StackRecord, service: string): void {
    const running = this.#parts.states.containers(hostId, name) ?? [];
    const names = new Set([...services.map(({ name }) => name), ...running.map(({ service }) => service)]);
    if (names.has(service)) return;
    throw new AppError("not-found", `Stack "${stackId}" has no service "${service.slice(0, 80)}"`);
  }

  /** Returns the projects that have containers, by host and name. */
  #projects(): ReadonlyMap<string, readonly [hostId: string, name: string]> {
    const projects = new Map<string, [string, string]>();
    for (const hostId of this.#parts.hosts.keys()) {
      for (const { project, swarmTask } of this.#parts.feed.containers(hostId) ?? []) {
        if (project !== null && !swarmTask) projects.set(`${hostId}/${project}`, [hostId, project]);
      }
    }
    return projects;
  }

  #managed({ stackId, name, hostId, services, createdAt, updatedAt }: StackRecord): Stack {
    const common = this.#common(hostId, name, stackId);
    const hasContainers = common.services.some(({ containers }) => containers.length > 0);
    const isHidden = !hasContainers && services.length > 0 && services.every(({ hidden }) => hidden);
    return {
      ...common,
      ...isHidden && { hidden: true },
      pending_changes: this.#parts.store.versions.isPending(stackId),
      created_at: createdAt,
      updated_at: updatedAt,
    };
  }

  #unmanaged([hostId, name]: readonly [string, string]): Stack {
    return {
      ...this.#common(hostId, name, null),
      pending_changes: false,
      created_at: null,
      updated_at: null,
    };
  }

  #common(hostId: string, name: string, stackId: number | null) {
    const { runner, journal, states } = this.#parts;
    const { state, services } = states.full(hostId, name);
    const running = runner.of(hostId, name);
    const last = journal.lastEnded(hostId, name);
    return {
      stack_id: stackId,
      name,
      hostId,
      status: state,
      managed: stackId !== null,
      services,
      operation: running === undefined ? null : journal.operation(running.operation.operation_id) ?? null,
      last_operation: last === undefined || last.ended_at === null ? null : {
        operation_id: last.operation_id,
        action: last.action,
        state: last.state,
        ended_at: last.ended_at,
      },
    };
  }
}
