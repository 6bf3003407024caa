/** `dockstat token`: prints the token to users who can read the data folder, or replaces it. */
import { loadToken, newToken, storeToken } from "../access/token.ts";
import { type Config, type Flags, loadConfig } from "../config/config.ts";
import { AppError } from "../errors.ts";
import type { RotatedToken } from "../protocol/session.ts";
import { print } from "./terminal.ts";

/** Boolean flags of `token`, by their key in {@linkcode TokenFlags}. */
export const TOKEN_SWITCH_FLAGS = { rotate: "rotate" } as const;

/** Flags of `token` as typed. */
export interface TokenFlags {
  readonly rotate?: boolean;
}

/**
 * Prints the token that a server with these settings accepts, and creates it if it does not exist yet.
 *
 * @throws {AppError} "usage" for a wrong configuration, "failed" when the data folder cannot be used.
 */
export async function runToken(flags: Flags, { rotate = false }: TokenFlags = {}): Promise<void> {
  const config = await loadConfig(flags);
  const { access, data } = config;
  print(`${rotate ? await rotateToken(config) : access.token ?? await loadToken(data)}\n`);
}

/** Lets a running server replace the token, so that its sessions and sockets end; without one it is replaced here. */
async function rotateToken(config: Config): Promise<string> {
  if (config.access.token !== undefined) {
    throw new AppError(
      "usage",
      "--rotate: expected no --token or DOCKSTAT_TOKEN, because a token that is set there cannot be replaced",
    );
  }
  try {
    const { openServerClient } = await import("./server_client.ts");
    const client = await openServerClient(config);
    return (await client.ask<RotatedToken>("/token/rotate", { method: "POST" })).token;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
  }
  const text = newToken();
  await storeToken(config.data, text);
  return text;
}
