/** Runs Compose on one project, with a minimal environment, without stdin and without a shell. The exit code decides. */
import type { ChildEnvironment } from "../config/child_environment.ts";
import { type ComposeCommand, type ComposeVersions, composeVersions, findCompose } from "./command.ts";
import { type ComposeProject, projectArgs, tlsArgs } from "./arguments.ts";

export type { ComposeProject };
import { checkProjectName } from "./project_name.ts";
import type { PluginSocket } from "./plugin_socket.ts";
import { BuildOutput } from "./build_output.ts";
import { exitCode, kill, spawn } from "./child.ts";
import { parseProgressLine, type ProgressLine } from "./progress.ts";
import { boundedText, linesOf } from "./text_lines.ts";

/**
 * View of a project in {@linkcode Compose.config}.
 *
 * - `active`: everything resolved, services of active profiles only.
 * - `every`: everything resolved, services of all profiles.
 * - `written`: services of all profiles with variables as written; Compose reads no environment or label file and
 *   keeps their paths. Older versions of Compose and some uses of variables do not support it.
 */
export type ConfigView = "active" | "every" | "written";

/** Arguments of each view, before and after `config`. */
const VIEWS: Readonly<Record<ConfigView, readonly [before: readonly string[], after: readonly string[]]>> = {
  active: [[], []],
  every: [["--profile", "*"], []],
  written: [[], ["--no-interpolate", "--no-env-resolution"]],
};

/** The result of a run. */
export interface ComposeEnd {
  /** Exit code; 128 plus its number for a signal. */
  readonly code: number;
  /** Compose's message about the failure; undefined if it succeeded. */
  readonly error: string | undefined;
}

/** The result of resolving a project. */
export interface ResolvedProject extends ComposeEnd {
  /** JSON; empty after a failure. It may hold secrets. */
  readonly output: string;
  /** Texts of the warnings, each once. */
  readonly warnings: readonly string[];
}

/** Compose, as stacks use it. */
export interface Compose {
  /**
   * Runs an action; resolves when Compose has exited.
   *
   * @param onLine Called with each line of Compose.
   * @param signal Cancels the run with SIGINT, and SIGKILL if it does not exit.
   * @throws {AppError} "unavailable" if Compose is not installed.
   */
  run(
    project: ComposeProject,
    args: readonly string[],
    onLine: (line: ProgressLine) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd>;
  /**
   * Resolves the project, as `compose config` does.
   *
   * @param view Default `active`.
   */
  config(
    project: ComposeProject,
    signal: AbortSignal,
    view?: ConfigView,
  ): Promise<ResolvedProject>;
  /** Finds the versions of Compose on this machine; never rejects. */
  versions(): Promise<ComposeVersions>;
}

/** Limit of a resolved project, bytes: aliases can multiply a small text. */
const MAX_OUTPUT = 8 * 1024 * 1024;
/** Limit of a line of builds, characters: one of BuildKit may contain a whole Dockerfile. */
const MAX_BUILD_LINE = 1024 * 1024;
/** Overrides what the `.env` of a stack says: these would contradict the flags that DockStat passes. */
const ORPHANS = { COMPOSE_IGNORE_ORPHANS: "false", COMPOSE_REMOVE_ORPHANS: "false" };
/** Time that a cancelled Compose has to exit before it is killed, ms. */
const GRACE_MS = 10_000;

/** Compose as a program on this machine. */
export class ComposeProgram implements Compose {
  #found: Promise<ComposeCommand> | undefined;

  /**
   * @param env The environment of Compose.
   * @param pluginSocket Ends Compose when DockStat is killed.
   */
  constructor(
    readonly env: ChildEnvironment,
    readonly pluginSocket?: PluginSocket,
    readonly graceMs: number = GRACE_MS,
  ) {}

  async run(
    project: ComposeProject,
    args: readonly string[],
    onLine: (line: ProgressLine) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd> {
    const { child, code } = await this.#start(project, args, signal, this.graceMs);
    let failure: string | undefined;
    let note: string | undefined;
    const readProgress = async () => {
      for await (const text of linesOf(child.stderr)) {
        const line = parseProgressLine(text);
        if (line?.kind === "failure") failure = line.message;
        if (line?.kind === "note") note = line.message;
        if (line?.kind === "resource" && line.state === "error") note ??= line.reason;
        if (line !== undefined) onLine(line);
      }
    };
    const readOutput = async () => {
      const output = new BuildOutput();
      for await (const text of linesOf(child.stdout, MAX_BUILD_LINE)) output.parse(text).forEach(onLine);
    };
    const [exitCode] = await Promise.all([code, readProgress(), readOutput()]);
    return end(exitCode, failure ?? note);
  }

  async config(
    project: ComposeProject,
    signal: AbortSignal,
    view: ConfigView = "active",
  ): Promise<ResolvedProject> {
    const [before, after] = VIEWS[view];
    const args = [...before, "config", "--format", "json", ...after];
    // Resolving changes nothing, so a Compose that takes too long is killed at once.
    const { child, code } = await this.#start(project, args, signal, 0);
    const stop = () => kill(child, "SIGKILL");
    const [output, messages] = await Promise.all([
      boundedText(child.stdout, MAX_OUTPUT, stop),
      boundedText(child.stderr, MAX_OUTPUT, stop),
    ]);
    if (output === undefined || messages === undefined) {
      return {
        code: await code || 1,
        error: `it resolves to more than ${MAX_OUTPUT} bytes`,
        output: "",
        warnings: [],
      };
    }
    const lines = messages.split("\n").map(parseProgressLine).filter((line) => line !== undefined);
    const failure = lines.find(({ kind }) => kind === "failure") ??
      lines.findLast(({ kind }) => kind === "note");
    const warnings = new Set(lines.flatMap((line) => line.kind === "warning" ? [line.message] : []));
    const reason = failure && "message" in failure ? failure.message : undefined;
    return { ...end(await code, reason), output, warnings: [...warnings] };
  }

  async versions(): Promise<ComposeVersions> {
    return await composeVersions(this.env);
  }

  async #start(project: ComposeProject, args: readonly string[], signal: AbortSignal, graceMs: number) {
    checkProjectName(project.name);
    const { argv: [program, ...first], progress } = await this.#command();
    signal.throwIfAborted();
    const { endpoint, files } = project;
    const all = [...tlsArgs(endpoint), ...first, "--progress", progress, ...projectArgs(project), ...args];
    // The Docker CLI does not accept http addresses; its flags select TLS.
    const address = endpoint.url.replace(/^https?:/, "tcp:");
    const env = { ...this.env, ...this.pluginSocket?.env, ...ORPHANS, DOCKER_HOST: address };
    const child = spawn("Compose", [program, ...all], env, await workingFolder(files?.folder));
    return { child, code: exitCode(child, signal, graceMs) };
  }

  /** Searches for Compose once, and again if it was not found: it may be installed meanwhile. */
  #command(): Promise<ComposeCommand> {
    this.#found ??= findCompose(this.env).catch((error) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  }
}

function end(code: number, error: string | undefined): ComposeEnd {
  if (code === 0) return { code, error: undefined };
  return { code, error: error ?? `compose exited with code ${code}` };
}

/** The folder of a project may be lost; the arguments name all files by their whole paths. */
async function workingFolder(folder: string | undefined): Promise<string> {
  if (folder === undefined) return "/";
  const found = await Deno.stat(folder).catch(() => undefined);
  return found?.isDirectory ? folder : "/";
}
