/** Programs that DockStat starts on a project: without stdin, without a shell, with the given environment only. */
import { AppError, reason } from "../errors.ts";

/** A program whose output is read. */
export type PipedChild = Deno.ChildProcess;

/**
 * Starts a program.
 *
 * @param name Name of the program for the refusal.
 * @param cwd Never the server's own folder: the program could read a file there.
 * @throws {AppError} "unavailable".
 */
export function spawn(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  cwd: string,
): PipedChild {
  try {
    return new Deno.Command(program, {
      args,
      clearEnv: true,
      env: { ...env },
      cwd,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // In its own process group: Ctrl-C in the terminal reaches the server only, which then stops the program.
      detached: true,
    }).spawn();
  } catch (cause) {
    throw new AppError("unavailable", `Cannot start ${name}: ${reason(cause)}`, { cause });
  }
}

/**
 * Returns the exit code of a program, which a signal ends with SIGINT.
 *
 * @param graceMs Time that it has to exit before it is killed, ms.
 */
export async function exitCode(child: PipedChild, signal: AbortSignal, graceMs: number): Promise<number> {
  let killing: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    kill(child, "SIGINT");
    killing = setTimeout(() => kill(child, "SIGKILL"), graceMs);
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return (await child.status).code;
  } finally {
    signal.removeEventListener("abort", cancel);
    clearTimeout(killing);
  }
}

/** Sends a signal to a program that may have exited. */
export function kill(child: PipedChild, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has just exited.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
