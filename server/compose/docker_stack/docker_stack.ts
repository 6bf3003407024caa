/** Runs `docker stack` with a minimal environment, without stdin and without a shell. */
import type { ChildEnvironment } from "../../config/child_environment.ts";
import type { Endpoint } from "../../config/docker_context.ts";
import { tlsArgs } from "../arguments.ts";
import { exitCode, kill, spawn } from "../child.ts";
import type { ComposeEnd } from "../compose.ts";
import { boundedText, linesOf } from "../text_lines.ts";
import { checkDocker } from "./find_docker.ts";

/** A compose text in a folder without other files. */
export interface StackText {
  /** Absolute path. */
  readonly folder: string;
  /** Absolute path of the file. */
  readonly file: string;
}

/** A deployment. */
export interface StackDeployment extends StackText {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** True to send the registry logins of this machine to the nodes. */
  readonly withLogins: boolean;
}

/** The result of resolving a text. */
export interface ResolvedText extends ComposeEnd {
  /** YAML of the Docker CLI, which may hold secrets; empty after a failure. */
  readonly output: string;
}

/** The Docker CLI, as stacks of swarms use it. */
export interface DockerStack {
  /**
   * Resolves a text, as `docker stack config` does; the engine is not asked. Variables of the Docker CLI itself, such
   * as `PATH`, have the folder in their values.
   *
   * @param variables Values of the variables of the text.
   * @throws {AppError} "unavailable" if the Docker CLI is missing or too old.
   */
  config(
    text: StackText,
    variables: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ResolvedText>;
  /**
   * Deploys a text, and ends when the manager has accepted all of it.
   *
   * @param onLine Called with each line that is printed.
   * @param signal Cancels the run with SIGINT, and SIGKILL if it does not exit.
   */
  deploy(
    deployment: StackDeployment,
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd>;
}

/** Limit of a resolved text, bytes: aliases can multiply a small one. */
const MAX_OUTPUT = 8 * 1024 * 1024;
/** Time that a cancelled run has to exit before it is killed, ms. */
const GRACE_MS = 10_000;

/** The Docker CLI as a program on this machine. */
export class DockerProgram implements DockerStack {
  #checked: Promise<void> | undefined;

  /** @param env Environment for deployments, with the folder of the registry logins. */
  constructor(readonly env: ChildEnvironment, readonly graceMs: number = GRACE_MS) {}

  async config(
    { folder, file }: StackText,
    variables: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ResolvedText> {
    // A path below "~" then leads into the folder, and no settings of the user apply. Both values have the folder, so
    // that a text that uses one of them is recognized.
    const programs = `${this.env["PATH"] ?? ""}${Deno.build.os === "windows" ? ";" : ":"}${folder}`;
    const env = { ...variables, PATH: programs, HOME: folder };
    const child = await this.#start(["stack", "config", "--compose-file", file], env, folder, signal);
    const code = exitCode(child, signal, 0);
    const stop = () => kill(child, "SIGKILL");
    const [output, messages] = await Promise.all([
      boundedText(child.stdout, MAX_OUTPUT, stop),
      boundedText(child.stderr, MAX_OUTPUT, stop),
    ]);
    if (output === undefined || messages === undefined) {
      return { code: await code || 1, error: `it resolves to more than ${MAX_OUTPUT} bytes`, output: "" };
    }
    return { ...end(await code, messages.trim()), output };
  }

  async deploy(
    { folder, file, name, endpoint, withLogins }: StackDeployment,
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd> {
    const options = ["--compose-file", file, "--detach=true", "--prune"];
    const logins = withLogins ? ["--with-registry-auth"] : [];
    const args = [...tlsArgs(endpoint), "stack", "deploy", ...options, ...logins, name];
    // The Docker CLI does not accept http addresses; its flags select TLS.
    const env = { ...this.env, DOCKER_HOST: endpoint.url.replace(/^https?:/, "tcp:") };
    const child = await this.#start(args, env, folder, signal);
    let last = "";
    const read = async (stream: ReadableStream<Uint8Array>, isError: boolean) => {
      for await (const line of linesOf(stream)) {
        if (line.trim() === "") continue;
        if (isError) last = line.trim();
        onLine(line.trimEnd());
      }
    };
    const [code] = await Promise.all([
      exitCode(child, signal, this.graceMs),
      read(child.stdout, false),
      read(child.stderr, true),
    ]);
    return end(code, last);
  }

  async #start(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    cwd: string,
    signal: AbortSignal,
  ): Promise<Deno.ChildProcess> {
    await this.#check();
    signal.throwIfAborted();
    return spawn("the Docker CLI", ["docker", ...args], env, cwd);
  }

  /** Checks the program once, and again if it was not found: it may be installed meanwhile. */
  #check(): Promise<void> {
    this.#checked ??= checkDocker(this.env).catch((error) => {
      this.#checked = undefined;
      throw error;
    });
    return this.#checked;
  }
}

function end(code: number, error: string): ComposeEnd {
  return { code, error: code === 0 ? undefined : error || `docker exited with code ${code}` };
}
