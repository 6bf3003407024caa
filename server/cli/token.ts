/** `dockstat token`: prints the token to users who can read the data folder. */
import { type Flags, loadConfig } from "../config/config.ts";
import { print } from "./terminal.ts";
import { loadToken } from "../access/token.ts";

/**
 * Prints the token that a server with these settings accepts, and creates it if there is none yet.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when the data folder cannot be used.
 */
export async function runToken(flags: Flags): Promise<void> {
  const { access, data } = await loadConfig(flags);
  print(`${access.token ?? await loadToken(data)}\n`);
}
