/** The `docker` command, for the tasks that build, validate and install the image. */
import { VERSION } from "../../server/version.ts";

/** Default image of the tasks. */
export const IMAGE = `dockstat/dockstat:${VERSION}`;

/** Arguments of a task: an image, and flags for `docker`. */
export interface Request {
  readonly image: string;
  readonly flags: readonly string[];
}

/** Parses the arguments of a task; a first argument that is not a flag names the image. */
export function parseRequest(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith("-")) return { image: IMAGE, flags: args };
  return { image: first, flags: rest };
}

/**
 * Runs `docker` with its output on this terminal.
 *
 * @returns Exit code.
 * @throws {Error} when the command does not exist.
 */
export async function run(...args: readonly string[]): Promise<number> {
  return (await output(args, "inherit")).code;
}

/**
 * Runs `docker` and returns its output.
 *
 * @throws {Error} with its error output when it fails, or when the command does not exist.
 */
export async function capture(...args: readonly string[]): Promise<string> {
  const { success, code, stdout, stderr } = await output(args, "piped");
  const text = new TextDecoder();
  if (success) return text.decode(stdout).trim();
  const reason = text.decode(stderr).trim() || `it exited with code ${code}`;
  throw new Error(`Cannot run "docker ${args.slice(0, 2).join(" ")}": ${reason}`);
}

async function output(args: readonly string[], streams: "inherit" | "piped"): Promise<CommandOutput> {
  try {
    const child = new Deno.Command("docker", {
      args: [...args],
      stdin: "inherit",
      stdout: streams,
      stderr: streams,
    }).spawn();
    if (streams === "piped") return await child.output();
    return { ...await child.status, stdout: new Uint8Array(), stderr: new Uint8Array() };
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error("Cannot find the docker command. To install it, see docs.docker.com/get-docker", {
      cause,
    });
  }
}

type CommandOutput = Pick<Deno.CommandOutput, "success" | "code" | "stdout" | "stderr">;

/** Runs a task and exits; an error is printed on one line with exit code 1. */
export async function runTask(task: (args: readonly string[]) => Promise<number>): Promise<never> {
  try {
    Deno.exit(await task(Deno.args));
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}

/** Writes a line to standard error. */
export function report(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
