/** Asks a running DockStat about its stacks, for `dockstat stacks`. */
import { isLoopback } from "../access/access.ts";
import { UNUSABLE_BODY } from "../http/body.ts";
import type { Config } from "../config/config.ts";
import { connect } from "../connect.ts";
import { AppError, reason } from "../errors.ts";
import { serverUrl } from "../listener.ts";
import type { Problem } from "../protocol/problem.ts";
import type { Stack } from "../protocol/stacks.ts";
import { addSecret } from "../log/redact.ts";

/** How a request is made. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** A client of one server. */
export class ServerClient {
  constructor(readonly url: string, readonly token: string | undefined) {}

  /**
   * Asks, and gives the answer's JSON.
   *
   * @throws {AppError} "unavailable" when nothing answers, "failed" with the words of a refusal.
   */
  async ask<T>(path: string, { method = "GET", body, signal }: RequestOptions = {}): Promise<T> {
    const headers = new Headers();
    if (this.token !== undefined) headers.set("authorization", `Bearer ${this.token}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const text = body === undefined ? null : JSON.stringify(body);
    try {
      const answer = await fetch(this.url + path, { method, headers, body: text, signal: signal ?? null });
      return read<T>(this.url, answer.ok, await answer.text());
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (signal?.aborted) throw new AppError("failed", "Stopped before anything was begun", { cause });
      throw new AppError("unavailable", whyUnreachable(this.url, cause), { cause });
    }
  }

  /** The frames of a socket, until the signal aborts. */
  frames<T>(path: string, options: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<T> {
    const { token } = this;
    return connect<T>(this.url, path, { options, signal, ...(token === undefined ? {} : { token }) });
  }

  /** All stacks and projects. */
  stacks(signal: AbortSignal): Promise<Stack[]> {
    return this.ask<Stack[]>("/stacks", { signal });
  }
}

/**
 * A client of the server that these settings describe; it makes no token where there is none.
 *
 * @param need With "view" the kept token stays at home where looking needs none: it may be another server's.
 */
export async function openServerClient(
  { access, data, listen, tls }: Config,
  need: "view" | "change" = "change",
): Promise<ServerClient> {
  const open = need === "view" && isLoopback(listen.host);
  const token = access.token ?? (open ? undefined : await readKeptToken(data));
  if (token !== undefined) addSecret(token);
  return new ServerClient(serverUrl(tls === undefined ? "http" : "https", listen.host, listen.port), token);
}

/**
 * The stack or project of a name or an id.
 *
 * @throws {AppError} "not-found", or "usage" when it fits several.
 */
export function findStack(stacks: readonly Stack[], text: string, hostId: string | undefined): Stack {
  const fits = stacks.filter((stack) =>
    (stack.name === text || String(stack.stack_id) === text) && (hostId ?? stack.hostId) === stack.hostId
  );
  const [one, ...others] = fits;
  if (one === undefined) {
    const where = hostId === undefined ? "" : ` on host "${hostId}"`;
    throw new AppError("not-found", `There is no stack "${text}"${where}: "dockstat stacks ls" lists them`);
  }
  if (others.length === 0) return one;
  const found = fits.map(({ name, stack_id, hostId }) => `"${name}" (ID ${stack_id ?? "-"}) on "${hostId}"`);
  throw new AppError("usage", `"${text}" may be ${found.join(" or ")}: say which with --on HOSTID or its ID`);
}

/** A folder that cannot be read is no failure here: the server then says that it wants a token. */
async function readKeptToken(folder: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(`${folder}/token`)).trim() || undefined;
  } catch {
    return undefined;
  }
}

function read<T>(url: string, ok: boolean, text: string): T {
  let body: T & Partial<Problem>;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError("failed", `What answers at ${url} is not DockStat`, { cause });
  }
  if (ok) return body;
  throw new AppError(
    "failed",
    typeof body?.detail === "string" ? wordsOf(body.detail, body.errors) : `${url} has refused: ${text}`,
  );
}

/** Whoever typed a command knows of no body: what is wrong with its parts says what to mend. */
function wordsOf(detail: string, errors: Problem["errors"] = []): string {
  if (!detail.startsWith(UNUSABLE_BODY) || errors.length === 0) return detail;
  return errors.map(({ path, message }) => `${path}: ${message}`).join("; ");
}

function whyUnreachable(url: string, thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const words = reason(cause);
  if (cause instanceof Deno.errors.NotCapable || /certificate/i.test(words)) {
    return `Cannot reach DockStat at ${url}: ${words}`;
  }
  return `Cannot reach DockStat at ${url}: start it with "dockstat serve", or say where it is with --host and --port`;
}
