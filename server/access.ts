/** Pure: may this request do this? Checked before every upgrade and before every answer. */
import { AppError } from "./errors.ts";

/** What the access rules need to know of the server. */
export interface AccessRules {
  /** The address that it listens on, as configured. */
  readonly listenHost: string;
}

/** Whether an address can only be reached from its own machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Refuses requests that a web page of somebody else's has caused: those under a name that is not this server's
 * (DNS rebinding), and those from another origin (cross-site hijacking).
 *
 * @throws {AppError} "wrong-host" or "forbidden".
 */
export function checkAccess(request: Request, url: URL, rules: AccessRules): void {
  if (!isLoopback(url.hostname) && url.hostname !== rules.listenHost.toLowerCase()) {
    throw new AppError(
      "wrong-host",
      `Cannot answer for "${url.host}": this server answers for localhost, 127.0.0.1 and ${rules.listenHost}`,
    );
  }
  const origin = request.headers.get("origin");
  if (origin === null || origin === url.origin) return;
  throw new AppError(
    "forbidden",
    `Cannot accept a request from the origin "${origin}": only ${url.origin} may ask this server`,
  );
}
