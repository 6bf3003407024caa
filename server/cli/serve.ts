/** `dockstat serve`: runs the server until it is stopped. */
import { type Flags, loadConfig } from "../config/config.ts";
import { aborted } from "../duration.ts";
import { startLog } from "../log/log.ts";
import { catchUnhandled } from "../log/unhandled.ts";
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
  using _unhandled = catchUnhandled();
  await using server = await serve(config);
  print(`${server.url}\n`);
  // Printed on a terminal only, because the output of a pipe may end up in a log.
  if (Deno.stdout.isTerminal() && server.link !== server.url) print(`Open ${server.link}\n`);
  await aborted(signal);
}
