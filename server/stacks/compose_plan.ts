/** Plans of operations that Compose runs on a stack or a project. */
import type { Compose, ComposeEnd, ComposeProject } from "../compose/compose.ts";
import { type Redact, redactEnvValues } from "../compose/env_values.ts";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import { type Command, COMMANDS } from "../protocol/commands.ts";
import type { EndingOptions } from "./run/ending.ts";
import { byName, type CommandOptions, composeRuns, successMessage } from "./commands.ts";
import { stackTarget } from "./progress/events.ts";
import { failureReason } from "./public_view.ts";
import { ENGINE_NOT_REACHABLE } from "./run/engine_work.ts";
import type { Plan, RunContext } from "./running.ts";

/** The stack or project that a plan is for. */
export interface ComposeTarget {
  /** `null` for a project that DockStat did not create. */
  readonly stackId: number | null;
  readonly hostId: string;
  readonly project: ComposeProject;
  /** The text of its `.env`, whose values are cut out of all messages. */
  readonly env: string | undefined;
  /** Names that messages show although a value of the `.env` is a part of them. */
  readonly readable?: readonly string[];
  /** Folder of the copies of files, which messages do not show. */
  readonly copies?: string;
  /** Writes the files that Compose reads; disposing the result removes them. */
  readonly prepare?: () => Promise<AsyncDisposable>;
  /** Called right before Compose runs; the operation fails with the error that it throws. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Resolves the project beside the run; never rejects. */
  readonly resolve?: (project: ComposeProject, signal: AbortSignal) => Promise<void>;
  /** Warnings that are known before the run. */
  readonly notes?: readonly string[];
  /** Called after a success; returns the paths that a removal has left. */
  readonly finished?: Plan["finished"];
  /** Called after a success; returns the write that stores what was done. */
  readonly record?: Plan["record"];
}

/** Parts that plans use. */
export interface PlanParts {
  readonly compose: Compose;
  /** Lists the containers of a project, as its engine has them now. */
  readonly list: (hostId: string, project: string, signal: AbortSignal) => Promise<readonly Container[]>;
  /** Ends containers of a host without Compose. */
  readonly end: (
    hostId: string,
    containers: readonly Container[],
    options: EndingOptions,
    context: RunContext,
  ) => Promise<void>;
}

/** Returns the plan of a command. */
export function composePlan(
  command: Command,
  target: ComposeTarget,
  options: CommandOptions,
  parts: PlanParts,
): Plan {
  const { stackId, hostId, project: { name }, finished, record } = target;
  const { service } = options;
  const subject = service !== undefined ? `Service "${service}"` : stackId === null ? "Project" : "Stack";
  return {
    command,
    action: COMMANDS[command].action,
    stackId,
    hostId,
    project: name,
    target: service === undefined ? stackTarget(stackId, name) : { kind: "service", name: service, id: null },
    hide: hiding(target),
    work: (context) => new ComposeWork(command, target, options, parts, context).run(),
    ...finished === undefined ? {} : { finished },
    ...record === undefined ? {} : { record },
    success: { status: COMMANDS[command].status, message: successMessage(command, subject) },
  };
}

function hiding({ env, readable = [], copies, project: { name } }: ComposeTarget): Redact {
  const redact = redactEnvValues(env, [name, ...readable]);
  return copies === undefined ? redact : (text) => redact(text.replaceAll(`${copies}/`, ""));
}

/** The Compose runs of one operation, and a check of the containers that they have left. */
class ComposeWork {
  constructor(
    readonly command: Command,
    readonly target: ComposeTarget,
    readonly options: CommandOptions,
    readonly parts: PlanParts,
    readonly context: RunContext,
  ) {}

  async run(): Promise<ComposeEnd> {
    const { command, options: { dropped = [] }, target: { notes = [] }, context: { signal, report } } = this;
    for (const message of notes) report({ kind: "warning", message });
    if (command === "restart" && (await this.#containers()).length === 0) {
      return { code: 1, error: "it has no container to restart: deploy it first" };
    }
    const end = await this.#runCommand();
    if (end.code !== 0 || signal.aborted) return end;
    if (command === "remove") return await this.#removeRest(end);
    if (command === "stop") return await this.#stopRest(end);
    return dropped.length === 0 ? end : await this.#removeServices(dropped, end);
  }

  /** Runs the command; one that ends containers runs by the project's name where its files cannot be used. */
  async #runCommand(): Promise<ComposeEnd> {
    const { command, target: { project: { name, endpoint, files } }, context: { signal, report } } = this;
    const runs = composeRuns(command, this.options);
    if (files === undefined) return await this.#runAll({ name, endpoint }, byName(runs));
    const end = await this.#runWithFiles(runs);
    const isEnding = command === "stop" || command === "remove";
    if (end.code === 0 || signal.aborted || !isEnding) return end;
    if (failureReason(end.error ?? "") === ENGINE_NOT_REACHABLE) return end;
    report({
      kind: "warning",
      message:
        `Compose cannot use the files of this project, so it finds the containers by name: ${end.error}`,
    });
    return await this.#runAll({ name, endpoint }, byName(runs));
  }

  async #runWithFiles(runs: readonly (readonly string[])[]): Promise<ComposeEnd> {
    const { target: { project, prepare, check, resolve }, context: { signal } } = this;
    try {
      // Disposed before the operation ends, because the next one writes the same files.
      await using _files = await prepare?.();
      signal.throwIfAborted();
      await check?.(signal);
      const resolving = resolve?.(project, signal);
      try {
        return await this.#runAll(project, runs);
      } finally {
        await resolving;
      }
    } catch (error) {
      if (!(error instanceof AppError && error.code === "invalid")) throw error;
      return { code: 1, error: error.message };
    }
  }

  async #runAll(project: ComposeProject, runs: readonly (readonly string[])[]): Promise<ComposeEnd> {
    const { signal, report } = this.context;
    let end: ComposeEnd = { code: 0, error: undefined };
    for (const args of runs) {
      end = await this.parts.compose.run(project, args, report, signal);
      if (end.code !== 0 && !signal.aborted && args.includes("--pull")) {
        end = await this.#buildLocally(project, args, end);
      }
      if (end.code !== 0 || signal.aborted) break;
    }
    return end;
  }

  /** Builds again without a registry, which may not be reachable or not have the base image. */
  async #buildLocally(
    project: ComposeProject,
    args: readonly string[],
    { error }: ComposeEnd,
  ): Promise<ComposeEnd> {
    const { signal, report } = this.context;
    const message = `The base images cannot be pulled, so the local ones are used: ${error}`;
    report({ kind: "warning", message });
    return await this.parts.compose.run(project, args.filter((arg) => arg !== "--pull"), report, signal);
  }

  /** Compose succeeds although containers stay; the project's name finds those that its file does not name. */
  async #removeRest(end: ComposeEnd): Promise<ComposeEnd> {
    if ((await this.#containers()).length === 0) return end;
    const { name, endpoint } = this.target.project;
    const again = await this.#runAll({ name, endpoint }, byName(composeRuns("remove", this.options)));
    if (again.code !== 0) return again;
    await this.#end(await this.#containers());
    const left = await this.#containers();
    return left.length === 0 ? again : failed("still has", left);
  }

  /** Compose leaves services whose profile is off, and fails for those that its file does not have. */
  async #removeServices(names: readonly string[], end: ComposeEnd): Promise<ComposeEnd> {
    const found = new Set((await this.#containers()).map(({ service }) => service));
    const left = names.filter((name) => found.has(name));
    if (left.length === 0) return end;
    const { name, endpoint } = this.target.project;
    return await this.#runAll({ name, endpoint }, [["rm", "--stop", "--force", ...left]]);
  }

  async #stopRest(end: ComposeEnd): Promise<ComposeEnd> {
    if ((await this.#running()).length === 0) return end;
    const { name, endpoint } = this.target.project;
    const again = await this.#runAll({ name, endpoint }, byName(composeRuns("stop", this.options)));
    if (again.code !== 0) return again;
    await this.#end(await this.#running());
    const left = await this.#running();
    return left.length === 0 ? again : failed("still runs", left);
  }

  async #end(containers: readonly Container[]): Promise<void> {
    const { command, target: { hostId }, options: { volumes = false }, context } = this;
    await this.parts.end(hostId, containers, { removes: command === "remove", volumes }, context);
  }

  async #running(): Promise<Container[]> {
    return (await this.#containers()).filter(({ state }) => state === "running" || state === "restarting");
  }

  async #containers(): Promise<Container[]> {
    const { target: { hostId, project: { name } }, options: { service }, context: { signal } } = this;
    const all = await this.parts.list(hostId, name, signal);
    return all.filter((container) => service === undefined || container.service === service);
  }
}

function failed(verb: string, containers: readonly Container[]): ComposeEnd {
  const names = containers.slice(0, 5).map(({ name }) => `"${name}"`).join(", ");
  return {
    code: 1,
    error: `the project ${verb} ${containers.length === 1 ? "the container" : "containers"} ${names}`,
  };
}
