/** Programs that the bench starts and ends. */

/** A child process and the lines it has written. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly lines: string[];
  /** Waits for the first line. */
  readonly first: Promise<string>;
}

/** Starts a program; what it writes on standard error is thrown away. */
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
      // A long run keeps only what is needed.
      if (lines.length > 100) lines.splice(1, lines.length - 50);
      if (lines[0] !== undefined) first.resolve(lines[0]);
    }
  })();
  return {
    pid: child.pid,
    lines,
    first: first.promise,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await Promise.all([child.status, reading]);
    },
  };
}

const ROOT = new URL("../../", import.meta.url).pathname;

/** The arguments of the task `start`, so that what is measured is what users run. */
export function startArguments(): string[] {
  const tasks = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`)).tasks;
  const [, ...args] = String(tasks.start.command).split(" ");
  return args.map((arg) => arg === "mod.ts" ? `${ROOT}mod.ts` : arg);
}

/**
 * Starts DockStat as the task does, with its own data folder.
 *
 * @param mayRun Programs that it may start beside those of the task.
 */
export function startDockStat(
  flags: readonly string[],
  env: Record<string, string> = {},
  mayRun: readonly string[] = [],
): Child {
  const data = Deno.makeTempDirSync({ prefix: "dockstat-bench-data-" });
  const args = startArguments().map((arg) =>
    arg.startsWith("--allow-run=") ? [arg, ...mayRun].join(",") : arg
  );
  const all = [...args, "--port", "0", "--log-level", "error", "--data", data, ...flags];
  const child = start(Deno.execPath(), all, env);
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
  const script = new URL("viewers.ts", import.meta.url).pathname;
  return start(Deno.execPath(), [
    "run",
    "--allow-net=127.0.0.1",
    script,
    url.replace(/^http/, "ws"),
    String(count),
  ]);
}

/** Frames and bytes per second that the viewers got over their last `span` lines. */
export function rate({ lines }: Child, span: number): { readonly frames: number; readonly bytes: number } {
  const parse = (line = "") => line.split(" ").map(Number) as [number, number, number];
  const [from, to] = [parse(lines.at(-1 - span)), parse(lines.at(-1))];
  const seconds = (to[0] - from[0]) / 1000;
  return { frames: (to[1] - from[1]) / seconds, bytes: (to[2] - from[2]) / seconds };
}
