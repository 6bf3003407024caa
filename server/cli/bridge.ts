/** `dockstat bridge PATH`: the frames of a socket as lines, for a page that reaches no port of this machine. */
import { type Flags, loadConfig } from "../config/config.ts";
import { openServerClient } from "./server_client.ts";
import { connect } from "../connect.ts";
import { AppError } from "../errors.ts";
import { print } from "./terminal.ts";

/** The sockets that can be bridged. */
const SOCKETS = ["/docker/stats", "/logs/ws", "/stacks"] as const;
const EXPECTED = `expected ${SOCKETS.join(", ")}, with options behind a question mark`;

/**
 * Prints the frames of a socket of the running server, the greeting first, until the signal aborts.
 *
 * @throws {AppError} "usage" for another path, "failed" when the server cannot be reached or ends the connection.
 */
export async function runBridge(words: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const [path, extra] = words;
  if (path === undefined) throw new AppError("usage", `bridge: found no path: ${EXPECTED}`);
  if (extra !== undefined) {
    throw new AppError("usage", `"${extra}" is one word too many after "bridge ${path}"`);
  }
  const url = URL.canParse(path, "http://bridge") ? new URL(path, "http://bridge") : undefined;
  // The token goes nowhere but to the server: a path that begins with two slashes is another's address.
  if (
    !path.startsWith("/") || url?.host !== "bridge" || !SOCKETS.some((socket) => socket === url?.pathname)
  ) {
    throw new AppError("usage", `bridge: found "${path}": ${EXPECTED}`);
  }
  const { url: server, token } = await openServerClient(await loadConfig(flags));
  const options = { signal, greeting: true, ...token === undefined ? {} : { token } };
  for await (const frame of connect<unknown>(server, path, options)) {
    if (!print(`${JSON.stringify(frame)}\n`)) return;
  }
}
