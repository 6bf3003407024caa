/** `dockstat serve`: runs the server until it is stopped. */
import { copyable, type Flags, loadConfig } from "../config/config.ts";
import { aborted } from "../duration.ts";
import { getLogger, startLog } from "../log/log.ts";
import { catchUnhandled } from "../log/unhandled.ts";
import { serve } from "../serve.ts";
import { print } from "./terminal.ts";

const log = getLogger(["dockstat"]);

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
  if (server.link !== server.url) {
    if (Deno.stdout.isTerminal()) print(`Open ${server.link}\n`);
    else log.info("{hint}", { hint: copyable('Sign in with the token, which "dockstat token" prints') });
  }
  await aborted(signal);
}
