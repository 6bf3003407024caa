/** Runs Compose on one project: a minimal environment, no stdin, no shell, and the exit code decides. */
import type { ChildEnvironment } from "../config/child_environment.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { AppError, reason } from "../errors.ts";
import { type ComposeCommand, findCompose } from "./command.ts";
import type { PluginSocket } from "./plugin_socket.ts";
import { parseProgressLine, type ProgressLine } from "./progress.ts";
import { boundedText, linesOf } from "./text_lines.ts";

/** A project as Compose is told of it. */
export interface ComposeProject {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Undefined for a project of which only the containers are known. */
  readonly files?: {
    /** What relative paths are relative to. */
    readonly folder: string;
    readonly compose: string;
    readonly env: string | undefined;
  };
}

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

/** Names of projects that Compose takes as they are; it lowers capitals, and so would reach another project. */
const PROJECT_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/**
 * Refuses a name that Compose cannot have given to a project, such as one in a label of a foreign container.
 *
 * @throws {AppError} "invalid".
 */
export function checkProjectName(name: string): void {
  if (PROJECT_NAME.test(name)) return;
  const found = JSON.stringify(name.slice(0, LONGEST_NAME));
  const expected = 'lowercase letters, digits, "_" and "-", beginning with a letter or digit';
  const message = `found ${found}: expected ${expected}`;
  throw new AppError("invalid", `Cannot use this project name: ${message}`, {
    issues: [{ path: "project", message }],
  });
}

/** How a run has ended. */
export interface ComposeEnd {
  /** What it exited with; a signal counts as 128 and its number. */
  readonly code: number;
  /** Why it failed, in Compose's own words; undefined when it did not. */
  readonly words: string | undefined;
}

/** Compose, as the stacks use it. */
export interface Compose {
  /**
   * Runs an action; resolves when Compose has ended, however long it takes.
   *
   * @param onLine Called with each line that Compose writes, as it comes.
   * @param signal Cancels: SIGINT, and SIGKILL if that does not help.
   * @throws {AppError} "unavailable" when there is no Compose.
   */
  run(
    project: ComposeProject,
    args: readonly string[],
    onLine: (line: ProgressLine) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd>;
  /**
   * The project as `compose config` prints it; it may hold secrets.
   *
   * @param view Default `active`.
   */
  config(
    project: ComposeProject,
    signal: AbortSignal,
    view?: ConfigView,
  ): Promise<ComposeEnd & { readonly output: string }>;
}

/** Longest quotation of a project name in a message, in characters. */
const LONGEST_NAME = 80;
/** What a resolved project may have, bytes; references can make much of little. */
const MOST_OUTPUT = 8 * 1024 * 1024;
/** How long a cancelled Compose may take to end before it is killed, ms. */
const GRACE_MS = 10_000;

/** Compose as a program on this machine. */
export class ComposeProgram implements Compose {
  #found: Promise<ComposeCommand> | undefined;

  /**
   * @param env All that Compose gets of our environment.
   * @param leash Ends Compose when DockStat is killed.
   */
  constructor(
    readonly env: ChildEnvironment,
    readonly leash?: PluginSocket,
    readonly graceMs: number = GRACE_MS,
  ) {}

  async run(
    project: ComposeProject,
    args: readonly string[],
    onLine: (line: ProgressLine) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd> {
    const { child, code } = await this.#start(project, args, signal);
    let failure: string | undefined;
    let note: string | undefined;
    const read = async (stream: ReadableStream<Uint8Array>) => {
      for await (const text of linesOf(stream)) {
        const line = parseProgressLine(text);
        if (line?.kind === "failure") failure = line.message;
        if (line?.kind === "note") note = line.message;
        if (line?.kind === "resource" && line.state === "error") note ??= line.word;
        if (line !== undefined) onLine(line);
      }
    };
    await Promise.all([read(child.stderr), read(child.stdout)]);
    return end(await code, failure ?? note);
  }

  async config(
    project: ComposeProject,
    signal: AbortSignal,
    view: ConfigView = "active",
  ): Promise<ComposeEnd & { readonly output: string }> {
    const [before, after] = VIEWS[view];
    const args = [...before, "config", "--format", "json", ...after];
    const { child, code } = await this.#start(project, args, signal);
    const enough = () => kill(child, "SIGKILL");
    const [output, words] = await Promise.all([
      boundedText(child.stdout, MOST_OUTPUT, enough),
      boundedText(child.stderr, MOST_OUTPUT, enough),
    ]);
    if (output === undefined || words === undefined) {
      return { code: await code || 1, words: `it resolves to more than ${MOST_OUTPUT} bytes`, output: "" };
    }
    const lines = words.split("\n").map(parseProgressLine).filter((line) => line !== undefined);
    const failure = lines.findLast(({ kind }) => kind === "failure") ?? lines.at(-1);
    return { ...end(await code, failure && "message" in failure ? failure.message : undefined), output };
  }

  async #start(project: ComposeProject, args: readonly string[], signal: AbortSignal) {
    checkProjectName(project.name);
    const { argv: [program, ...first], progress } = await this.#command();
    signal.throwIfAborted();
    const { endpoint, files } = project;
    const all = [...tlsArgs(endpoint), ...first, "--progress", progress, ...projectArgs(project), ...args];
    // The docker command knows no http addresses; TLS is told by its flags.
    const address = endpoint.url.replace(/^https?:/, "tcp:");
    const env = { ...this.env, ...this.leash?.env, DOCKER_HOST: address };
    const child = spawn(program, all, env, files?.folder ?? "/");
    return { child, code: this.#codeOf(child, signal) };
  }

  /** Looked for once; again when it was not found, since somebody may install it. */
  #command(): Promise<ComposeCommand> {
    this.#found ??= findCompose(this.env).catch((error) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  }

  async #codeOf(child: Deno.ChildProcess, signal: AbortSignal): Promise<number> {
    let killing: ReturnType<typeof setTimeout> | undefined;
    const cancel = () => {
      kill(child, "SIGINT");
      killing = setTimeout(() => kill(child, "SIGKILL"), this.graceMs);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return (await child.status).code;
    } finally {
      signal.removeEventListener("abort", cancel);
      clearTimeout(killing);
    }
  }
}

function end(code: number, words: string | undefined): ComposeEnd {
  if (code === 0) return { code, words: undefined };
  return { code, words: words ?? `compose exited with code ${code}` };
}

function projectArgs({ name, files }: ComposeProject): string[] {
  if (files === undefined) return ["-p", name];
  const env = files.env === undefined ? [] : ["--env-file", files.env];
  return ["-p", name, "--project-directory", files.folder, "-f", files.compose, ...env];
}

/** The files of a TLS engine. Where the engine is goes by the environment: nothing that a stack says can lead elsewhere. */
function tlsArgs({ url, tls = url.startsWith("https:") ? {} : undefined }: Endpoint): string[] {
  if (tls === undefined) return [];
  const file = (flag: string, path: string | undefined) => path === undefined ? [] : [flag, path];
  return [
    "--tlsverify",
    ...file("--tlscacert", tls.ca),
    ...file("--tlscert", tls.cert),
    ...file("--tlskey", tls.key),
  ];
}

function spawn(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  // A compose file that lies where the server was started is none of the project's.
  cwd: string,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env,
      cwd,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // In a group of its own: Ctrl-C in the terminal is for the server, which then ends Compose in order.
      detached: true,
    }).spawn();
  } catch (cause) {
    throw new AppError("unavailable", `Cannot start Compose: ${reason(cause)}`, { cause });
  }
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended just now.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
