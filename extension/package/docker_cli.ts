/** The `docker` command, for the tasks that make, check and install the image. */
import { VERSION } from "../../server/version.ts";

/** The image that the tasks are about unless they are given another. */
export const IMAGE = `dockstat/dockstat:${VERSION}`;

/** What a task was asked: an image, and flags for `docker`. */
export interface Request {
  readonly image: string;
  readonly flags: readonly string[];
}

/** Reads the arguments of a task: the first word that is no flag names the image. */
export function parseRequest(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith("-")) return { image: IMAGE, flags: args };
  return { image: first, flags: rest };
}

/**
 * Runs `docker` and shows what it says.
 *
 * @returns its exit code.
 * @throws {Error} when there is no such command.
 */
export async function show(...args: readonly string[]): Promise<number> {
  return (await output(args, "inherit")).code;
}

/**
 * Runs `docker` and reads what it prints.
 *
 * @throws {Error} with its words when it fails, or when there is no such command.
 */
export async function ask(...args: readonly string[]): Promise<string> {
  const { success, code, stdout, stderr } = await output(args, "piped");
  const text = new TextDecoder();
  if (success) return text.decode(stdout).trim();
  const words = text.decode(stderr).trim() || `it ended with code ${code}`;
  throw new Error(`Cannot run "docker ${args.slice(0, 2).join(" ")}": ${words}`);
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
    throw new Error("There is no docker command here: docs.docker.com/get-docker tells how to install it", {
      cause,
    });
  }
}

type CommandOutput = Pick<Deno.CommandOutput, "success" | "code" | "stdout" | "stderr">;

/** Runs a task to its end: what it throws becomes one line, and the exit code 1. */
export async function runTask(task: (args: readonly string[]) => Promise<number>): Promise<never> {
  try {
    Deno.exit(await task(Deno.args));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}

/** Writes a line to standard error. */
export function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
