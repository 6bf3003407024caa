/** `dockstat serve`: the server, until it is told to stop. */
import { type Flags, loadConfig } from "./config.ts";
import { startLog } from "./log.ts";
import { serve } from "./serve.ts";
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
  await aborted(signal);
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
