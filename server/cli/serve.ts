/** `dockstat serve`: the server, until it is told to stop. */
import { type Flags, loadConfig } from "../config/config.ts";
import { startLog } from "../log/log.ts";
import { serve } from "../serve.ts";
import { print } from "./terminal.ts";

/**
 * Serves until the signal aborts; the first line on standard output is the address.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when it cannot listen.
 */
export async function runServe(flags: Flags, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(flags);
  using _log = startLog(config.log);
  await using server = await serve(config);
  print(`${server.url}\n`);
  // Only a person at the terminal sees the token: a pipe may end in a log.
  if (Deno.stdout.isTerminal() && server.link !== server.url) print(`Open ${server.link}\n`);
  await aborted(signal);
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
