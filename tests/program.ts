/** DockStat as a separate program, as users run it. */
import { eventually } from "./assert.ts";

const MOD = new URL("../mod.ts", import.meta.url).pathname;

/** Returns the environment without the traces of the task that runs the tests, which would change messages. */
function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => name !== "INIT_CWD" && !name.startsWith("npm_")),
  );
}

/** A running program, its output so far, and its exit code. */
export class Program implements AsyncDisposable {
  out = "";
  err = "";
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<unknown>;

  constructor(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    permissions: readonly string[],
    descriptors?: number,
    entry: string = MOD,
  ) {
    const deno = ["run", "--no-check", ...permissions, entry, ...args];
    const limited = ["-c", `ulimit -n ${descriptors}; exec "$0" "$@"`, Deno.execPath(), ...deno];
    this.#child = new Deno.Command(descriptors === undefined ? Deno.execPath() : "sh", {
      args: descriptors === undefined ? deno : limited,
      env: { ...ownEnvironment(), ...env },
      clearEnv: true,
      cwd: Deno.env.get("TMPDIR") ?? "/tmp",
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#reading = Promise.all([
      this.#read(this.#child.stdout, (text) => this.out += text),
      this.#read(this.#child.stderr, (text) => this.err += text),
    ]);
  }

  /** The process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Exit code, once the program has ended and all its output was read. */
  get status(): Promise<number> {
    return this.#reading.then(() => this.#child.status).then(({ code }) => code);
  }

  /** Waits for the address, which is the first line on standard output. */
  url(): Promise<string> {
    return eventually(`the address (stderr: ${this.err})`, () => /^(http\S+)\n/.exec(this.out)?.[1]);
  }

  /** Waits for a text in the log. */
  async logged(text: string): Promise<void> {
    await eventually(`"${text}" in the log`, () => this.err.includes(text));
  }

  /** Sends a signal. */
  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has already exited.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.status;
    if (this.err.includes("Unhandled error")) {
      throw new Error(`The program had an unhandled error: ${this.err}`);
    }
  }

  async #read(stream: ReadableStream<Uint8Array>, add: (text: string) => void): Promise<void> {
    for await (
      const text of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    ) add(text);
  }
}

/** Starts `dockstat`, with all permissions by default, and optionally with a limit of file descriptors. */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  permissions: readonly string[] = ["-A"],
  descriptors?: number,
): Program {
  return new Program(args, env, permissions, descriptors);
}

/** Returns the permissions with which a task of `deno.json` runs DockStat. */
export async function permissionsOfTask(task: string): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));
  const command: string = tasks[task].command;
  return command.split(" ").filter((flag) => /^--(allow-|no-prompt)/.test(flag));
}
