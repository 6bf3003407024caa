/** Programs that the benchmark starts and stops. */

/** A child process and its output. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly lines: string[];
  /** First line of output. */
  readonly first: Promise<string>;
}

/** Starts a program, without its standard error. */
export function start(program: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const child = new Deno.Command(program, {
    args: [...args],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  })
    .spawn();
  const lines: string[] = [];
  const first = Promise.withResolvers<string>();
  const reading = (async () => {
    let rest = "";
    for await (const chunk of child.stdout) {
      const parts = (rest + new TextDecoder().decode(chunk)).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
      // Only the newest lines are kept in a long run.
      if (lines.length > 100) lines.splice(1, lines.length - 50);
      if (lines[0] !== undefined) first.resolve(lines[0]);
    }
  })();
  return {
    pid: child.pid,
    lines,
    first: first.promise,
    async [Symbol.asyncDispose]() {
      kill(child);
      await Promise.all([child.status, reading]);
    },
  };
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended, for example by the Ctrl-C that ends the benchmark.
  }
}

/** Token of the benchmark's servers; without it an address has few sockets. */
export const BENCH_TOKEN = "a-token-for-the-bench";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Returns the arguments of a task, so that the benchmark runs the program as users do. */
export function taskArguments(task: "start" | "start:kernel" = "start"): string[] {
  const tasks = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`)).tasks;
  const [, ...args] = String(tasks[task].command).split(" ");
  return args.map((arg) => arg === "main.ts" ? `${ROOT}main.ts` : arg);
}

/**
 * Starts DockStat as the task does, with its own data folder.
 *
 * @param programs Programs that it may run in addition to those of the task.
 */
export function startDockStat(
  flags: readonly string[],
  env: Record<string, string> = {},
  programs: readonly string[] = [],
): Child {
  const args = taskArguments().map((arg) =>
    arg.startsWith("--allow-run=") ? [arg, ...programs].join(",") : arg
  );
  // The past of a demo takes seconds of CPU after its start.
  const history = flags.includes("--demo") ? "{ keep: 1m }" : undefined;
  return startServer([Deno.execPath(), ...args], flags, env, history);
}

/**
 * Starts a server by a command line, with its own data folder.
 *
 * @param history Setting of the same name in its configuration.
 */
export function startServer(
  [program = "", ...args]: readonly string[],
  flags: readonly string[],
  env: Record<string, string> = {},
  history?: string,
): Child {
  const data = Deno.makeTempDirSync({ prefix: "dockstat-bench-data-" });
  const all = [...args, "--port", "0", "--log-level", "error", "--data", data, ...flags];
  const config = history === undefined ? [] : ["--config", `${data}/dockstat.yaml`];
  if (history !== undefined) Deno.writeTextFileSync(`${data}/dockstat.yaml`, `history: ${history}\n`);
  const child = start(program, [...all, ...config], { DOCKSTAT_TOKEN: BENCH_TOKEN, ...env });
  return {
    ...child,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await Deno.remove(data, { recursive: true });
    },
  };
}

/** Starts viewers of a socket. */
export function startViewers(url: string, count: number): Child {
  const script = new URL("programs/viewers.ts", import.meta.url).pathname;
  return start(Deno.execPath(), [
    "run",
    "--allow-net=127.0.0.1",
    script,
    url.replace(/^http/, "ws"),
    String(count),
    BENCH_TOKEN,
  ]);
}

/** Returns frames and bytes per second that the viewers received over their last `span` lines. */
export function rate({ lines }: Child, span: number): { readonly frames: number; readonly bytes: number } {
  const parse = (line = "") => line.split(" ").map(Number) as [number, number, number];
  const [from, to] = [parse(lines.at(-1 - span)), parse(lines.at(-1))];
  const seconds = (to[0] - from[0]) / 1000;
  return { frames: (to[1] - from[1]) / seconds, bytes: (to[2] - from[2]) / seconds };
}
