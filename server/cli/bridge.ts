/** `dockstat bridge PATH`: prints the frames of a socket as lines, for a page that cannot reach a port. */
import { type Flags, loadConfig } from "../config/config.ts";
import { openServerClient } from "./server_client.ts";
import { AppError } from "../errors.ts";
import { suggest } from "./suggest.ts";
import { print } from "./terminal.ts";

/** Sockets that can be bridged. */
const SOCKETS = ["/docker/stats", "/logs/ws", "/stacks"] as const;
const EXPECTED = `expected ${SOCKETS.join(", ")}, with options after a question mark`;

/**
 * Prints the frames of a socket of the running server, greeting first, until the signal aborts.
 *
 * @throws {AppError} "usage" for another path, "failed" when the server cannot be reached or ends the connection.
 */
export async function runBridge(args: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const [path, extra] = args;
  if (path === undefined) throw new AppError("usage", `bridge: missing path: ${EXPECTED}`);
  if (extra !== undefined) {
    throw new AppError("usage", `Unexpected argument "${extra}" after "bridge ${path}"`);
  }
  const url = URL.canParse(path, "http://bridge") ? new URL(path, "http://bridge") : undefined;
  // The token is sent to the server only; a path that starts with two slashes would name another host.
  if (
    !path.startsWith("/") || url?.host !== "bridge" || !SOCKETS.some((socket) => socket === url?.pathname)
  ) {
    throw new AppError("usage", `bridge: found "${path}": ${suggest(path, SOCKETS)}${EXPECTED}`);
  }
  const client = await openServerClient(await loadConfig(flags));
  for await (const frame of client.frames<unknown>(path, {}, signal, true)) {
    if (!print(`${JSON.stringify(frame)}\n`)) return;
  }
}
