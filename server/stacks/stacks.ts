/** Stacks and projects: their state, and commands on them. */
import { checkProjectName } from "../compose/project_name.ts";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import type { Operation } from "../protocol/operations.ts";
import type { Stack } from "../protocol/stacks.ts";
import type { Feed } from "../stats/feed.ts";
import type { Journal } from "../store/journal.ts";
import type { StackRecord, StackStore, StackTexts } from "../store/stack_store.ts";
import { endpointOf, type StackHosts } from "./hosts.ts";
import { projectHealth, servicesOf } from "./health.ts";
import type { Runner } from "./runner.ts";
import { areUnchanged, changedFiles, type ComparedFiles, compareFiles } from "./run/changed_files.ts";
import { writeCheckedCopy } from "./run/checked_copy.ts";
import type { ProjectLock, Running, Target } from "./running.ts";
import type { Command, CommandFor } from "../protocol/commands.ts";
import { checkBeforeRun } from "./validate/whole_project.ts";

/** Parts that stacks are built from. */
export interface StackParts {
  readonly store: StackStore;
  readonly journal: Journal;
  readonly runner: Runner;
  readonly feed: Feed;
  readonly hosts: StackHosts;
}

/** Commands that need no compose file: Compose finds the containers by the project's name. */
const BY_NAME: readonly Command[] = ["stop", "remove"];

/** Commands that make Compose run the programs of a `provider`: `up` and `down` do. */
const RUNS_PROGRAMS: ReadonlySet<Command> = new Set(["deploy", "update", "remove"]);

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
   * Starts an operation on a stack.
   *
   * @param options Further arguments for Compose, and the caller's lock of the project.
   * @throws {AppError} "not-found", "busy", or "failed".
   */
  async act(
    stackId: number,
    command: Command,
    { args = [], hold }: { readonly args?: readonly string[]; readonly hold?: ProjectLock } = {},
  ): Promise<Running> {
    const { store, runner } = this.#parts;
    const record = this.record(stackId);
    runner.checkFree(command, record.hostId, record.name, stackId, hold);
    const target = await this.#target(command, record);
    const finished = command === "remove" ? { finished: () => store.forget(stackId) } : {};
    return runner.begin(command, { ...target, ...finished }, args, hold);
  }

  /**
   * Starts an operation on a project that DockStat did not create; if it did create it, on that stack.
   *
   * @throws {AppError} "not-found", "invalid" for a name that Compose cannot have given, "busy", "failed",
   *   "engine-unreachable" while its host cannot be read.
   */
  async actOnProject(hostId: string, name: string, command: CommandFor<"project">): Promise<Running> {
    const { feed, hosts, runner, store } = this.#parts;
    if (!hosts.has(hostId)) throw new AppError("not-found", `There is no host "${hostId}"`);
    checkProjectName(name);
    const managed = store.named(hostId, name);
    if (managed !== undefined) return await this.act(managed.stackId, command);
    const containers = feed.containers(hostId);
    if (containers === undefined) {
      throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    }
    if (!containers.some(({ project }) => project === name)) {
      throw new AppError("not-found", `There is no project "${name}" on host "${hostId}"`);
    }
    const project = { name, endpoint: endpointOf(hosts, hostId) };
    return runner.begin(command, { stackId: null, hostId, project, env: undefined });
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

  /** @throws {AppError} "busy" when a file differs from the stored text and the command needs it. */
  async #target(command: Command, record: StackRecord): Promise<Target> {
    const { store, hosts, runner } = this.#parts;
    const { stackId, hostId, name, composeFile } = record;
    const endpoint = endpointOf(hosts, hostId);
    const { env } = store.texts(stackId);
    const paths = store.paths(stackId);
    const compared = await this.compared(stackId);
    const compose = compared.compose.bytes;
    if (compose === undefined || !areUnchanged(compared)) {
      if (BY_NAME.includes(command)) return { stackId, hostId, env, project: { name, endpoint } };
      throw changedFiles(command, stackId, compared, store.rows.get(stackId));
    }
    const files = { folder: paths.folder, compose: paths.run.compose, env: paths.run.env };
    const project = { name, endpoint, files };
    const adopted = composeFile !== null;
    const bytes = { stackId, paths, compose, env: compared.env.bytes, adopted };
    const prepare = () => writeCheckedCopy(store.files, bytes);
    const unchecked = { compose: new TextDecoder().decode(compose), env, project, adopted };
    const check = (signal: AbortSignal) => checkBeforeRun(unchecked, runner.compose, signal);
    const needsCheck = adopted && RUNS_PROGRAMS.has(command);
    return { stackId, hostId, env, project, prepare, ...needsCheck ? { check } : {} };
  }

  /** Returns the containers of every project, by host and name. */
  #projects(): ReadonlyMap<string, readonly [hostId: string, name: string, containers: Container[]]> {
    const projects = new Map<string, [string, string, Container[]]>();
    for (const hostId of this.#parts.hosts.keys()) {
      for (const container of this.#parts.feed.containers(hostId) ?? []) {
        if (container.project === null) continue;
        const key = `${hostId}/${container.project}`;
        const known = projects.get(key);
        if (known === undefined) projects.set(key, [hostId, container.project, [container]]);
        else known[2].push(container);
      }
    }
    return projects;
  }

  #managed(record: StackRecord): Stack {
    const { stackId, name, hostId, status, services, createdAt, updatedAt } = record;
    const containers = (this.#parts.feed.containers(hostId) ?? []).filter(({ project }) => project === name);
    return {
      stack_id: stackId,
      name,
      hostId,
      status,
      managed: true,
      services: servicesOf(services, containers),
      operation: this.#operationOf(hostId, name),
      created_at: createdAt,
      updated_at: updatedAt,
    };
  }

  #unmanaged([hostId, name, containers]: readonly [string, string, readonly Container[]]): Stack {
    const { health } = projectHealth(containers);
    return {
      stack_id: null,
      name,
      hostId,
      status: health === "none" ? "exited" : health,
      managed: false,
      services: servicesOf([], containers),
      operation: this.#operationOf(hostId, name),
      created_at: null,
      updated_at: null,
    };
  }

  #operationOf(hostId: string, name: string): Operation | null {
    const running = this.#parts.runner.of(hostId, name);
    return running === undefined
      ? null
      : this.#parts.journal.operation(running.operation.operation_id) ?? null;
  }
}
