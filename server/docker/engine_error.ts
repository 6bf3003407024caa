/** Whatever a call to an engine throws becomes a sentence that says what to do. */
import type { Endpoint } from "../config/docker_context.ts";
import { AppError, reason } from "../errors.ts";

/** An `AppError` with the engine's, the system's or Deno's own words; one that is an `AppError` stays as it is. */
export function engineError(thrown: unknown, endpoint: Endpoint): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isMissingPermission(thrown)) {
    return new AppError("engine-unreachable", missingPermission(endpoint, thrown), { cause: thrown });
  }
  const status = (thrown as { statusCode?: unknown }).statusCode;
  if (typeof status === "number") return new AppError("engine-refused", refusal(thrown), { cause: thrown });
  const words = reason(thrown);
  // Node's word for a connection that its peer has ended.
  const told = words === "aborted" ? "the engine closed the connection" : words + remedy(words, endpoint);
  return new AppError("engine-unreachable", told, { cause: thrown });
}

/** What is in the way most often on Linux: a user who is not in the group of the socket. */
function remedy(words: string, { url }: Endpoint): string {
  if (!url.startsWith("unix:") || !/\bEACCES\b/.test(words)) return "";
  return ": this user may not use it; add it to the socket's group (sudo usermod -aG docker $USER) and log in again";
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

function refusal(thrown: unknown): string {
  const { json, reason: short } = thrown as { json?: { message?: unknown } | null; reason?: string };
  const words = typeof json?.message === "string" ? json.message : reason(thrown) || short || "refused";
  // Something else listens there, or something stands between.
  const status = /^\(HTTP code (\d+)\) unexpected -\s*$/.exec(words)?.[1];
  return status === undefined ? words : `it answers with HTTP ${status}, but not as a container engine does`;
}
