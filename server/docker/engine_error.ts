/** Converts anything that a call to an engine throws into an error that says what to do. */
import { remoteSocket } from "./ssh_tunnel.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { AppError, reason } from "../errors.ts";
import { tlsFailure } from "./text/tls_failure.ts";

/** Converts an error of the engine, the system or Deno; an `AppError` is returned unchanged. */
export function engineError(thrown: unknown, endpoint: Endpoint): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isMissingPermission(thrown)) {
    return new AppError("engine-unreachable", missingPermission(endpoint, thrown), { cause: thrown });
  }
  const message = explained(thrown, endpoint) ?? reason(thrown);
  return new AppError("engine-unreachable", message + remedy(message, endpoint), { cause: thrown });
}

/** Messages of the system when the other end closes a connection, or has closed it. */
const CLOSED = /\b(EPIPE|ECONNRESET)\b|broken pipe|connection reset|unexpected (eof|end of file)/i;

/** Addresses that are reached over the network, without ssh. */
const REMOTE = /^(tcp|https?):/;

/** Returns a message for failures whose own message does not explain them. */
function explained(thrown: unknown, { url }: Endpoint): string | undefined {
  const message = reason(thrown);
  if (thrown instanceof DOMException && thrown.name === "TimeoutError") return tooLate(url);
  if (/operation cancell?ed/i.test(message)) {
    return "the connection was closed before the answer was complete";
  }
  if (/failed to lookup address|ENOTFOUND|EAI_AGAIN/.test(message)) {
    return `the name ${new URL(url).hostname} does not resolve`;
  }
  const isRemote = REMOTE.test(url);
  const tls = isRemote ? tlsFailure(message) : undefined;
  if (tls !== undefined || !CLOSED.test(message)) return tls;
  if (isRemote) return "the connection was reset: check that a container engine listens at this address";
  if (!url.startsWith("ssh:")) return undefined;
  return `ssh is connected, but no engine answers at ${remoteSocket(new URL(url))} there`;
}

function tooLate(url: string): string {
  return REMOTE.test(url)
    ? "no answer in time: check that the engine runs, and that no firewall drops its packets"
    : "no answer in time: the engine hangs, or is still starting";
}

/** Returns the fix for the most frequent failure on Linux, a user outside the socket's group. */
function remedy(message: string, { url }: Endpoint): string {
  if (!url.startsWith("unix:") || !/\bEACCES\b/.test(message)) return "";
  return ": this user may not use the socket; add it to the socket's group (sudo usermod -aG docker $USER) and log in again";
}

/** Reports whether an engine exists but this user lacks permission to use its socket. */
export function deniesAccess(error: unknown): boolean {
  if (error instanceof Deno.errors.PermissionDenied) return true;
  if (typeof error !== "object" || error === null) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return code === "EACCES" || cause !== error && deniesAccess(cause);
}

function isMissingPermission(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.NotCapable || /Requires \w+ access/.test(reason(thrown));
}

function missingPermission({ url }: Endpoint, thrown: unknown): string {
  const { protocol, pathname, host } = new URL(url);
  const flags = protocol === "unix:"
    ? `--allow-net=unix:${pathname} --allow-read=${pathname} --allow-write=${pathname}`
    : protocol === "ssh:"
    ? "--allow-run=ssh, --allow-read and --allow-write"
    : `--allow-net=${host}`;
  const missing = /Requires (.*?)(, run again|$)/.exec(reason(thrown))?.[1] ?? "a permission";
  return `Deno lacks ${missing}: run DockStat with ${flags}`;
}
