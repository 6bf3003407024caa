/** `dockstat serve`: runs the server until it is stopped. */
import { type Config, copyable, type Flags, readConfig } from "../config/config.ts";
import { aborted } from "../duration.ts";
import { getLogger, startLog } from "../log/log.ts";
import { catchUnhandled } from "../log/unhandled.ts";
import { networkUrls } from "../listen/network.ts";
import { serve, type Server } from "../serve.ts";
import { reloads } from "./reloads.ts";
import { print } from "./terminal.ts";

const log = getLogger(["dockstat"]);

/**
 * Serves until the signal aborts; the first line on standard output is the address.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when it cannot listen.
 */
export async function runServe(flags: Flags, signal: AbortSignal): Promise<void> {
  const loaded = await readConfig(flags);
  const { config } = loaded;
  using _log = startLog(config.log);
  using _unhandled = catchUnhandled();
  const reload = { loaded, read: () => readConfig(flags), requests: reloads };
  await using server = await serve(config, { reload });
  print(`${server.url}\n`);
  // Printed on a terminal only, because the output of a pipe may end up in a log.
  if (Deno.stdout.isTerminal()) printLinks(config, server);
  else if (server.link !== server.url) {
    log.info("{hint}", { hint: copyable('Sign in with the token, which "dockstat token" prints') });
  }
  await aborted(signal);
}

/** Prints what a user opens, on this machine and on others. */
function printLinks({ listen: { host } }: Config, { url, link }: Server): void {
  const fragment = link.slice(url.length);
  if (fragment !== "") print(`Open ${link}\n`);
  for (const other of networkUrls(host, url)) print(`On another machine, open ${other}${fragment}\n`);
}
