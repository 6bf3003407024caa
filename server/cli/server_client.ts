/** Client of a running DockStat, for the commands that need one. */
import { isLoopback, serverUrl } from "../address.ts";
import type { Config } from "../config/config.ts";
import { connect } from "../connect.ts";
import { AppError, reason } from "../errors.ts";
import { relayTo, type TlsRelay } from "../http/pinned_tls.ts";
import type { Problem } from "../protocol/problem.ts";
import type { Stack } from "../protocol/stacks.ts";
import { printable } from "../log/format.ts";
import { addSecret } from "../log/redact.ts";
import { suggest } from "./suggest.ts";

/** Timeout of the question whether viewing needs the token, ms. */
const PROBE_MS = 1000;

/** Options for {@linkcode ServerClient.ask}. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as they are, instead of a body. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

/** A client of one server. */
export class ServerClient {
  /**
   * @param url URL of the server, for messages and, without a relay, for requests.
   * @param relay Way to a server with TLS.
   */
  constructor(readonly url: string, readonly token: string | undefined, readonly relay?: TlsRelay) {}

  /** URL that requests are sent to. */
  get base(): string {
    return baseOf(this.url, this.relay);
  }

  /**
   * Sends a request and returns the JSON of the answer.
   *
   * @throws {AppError} "unavailable" when nothing answers, "busy" (409) or "failed" with the message of a refusal.
   */
  async ask<T>(path: string, { method = "GET", body, bytes, signal }: RequestOptions = {}): Promise<T> {
    const headers = new Headers();
    if (this.token !== undefined) headers.set("authorization", `Bearer ${this.token}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const sent = bytes ?? (body === undefined ? null : JSON.stringify(body));
    try {
      const answer = await fetch(this.base + path, { method, headers, body: sent, signal: signal ?? null });
      return read<T>(this.url, answer, await answer.text());
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (signal?.aborted) throw new AppError("failed", "Stopped before anything was started", { cause });
      throw new AppError("unavailable", whyUnreachable(this.url, this.relay?.failure ?? cause), { cause });
    }
  }

  /** Yields the frames of a socket until the signal aborts; with `greeting` also the first one. */
  async *frames<T>(
    path: string,
    options: Readonly<Record<string, string>>,
    signal: AbortSignal,
    greeting = false,
  ): AsyncGenerator<T> {
    const token = this.token === undefined ? {} : { token: this.token };
    try {
      yield* connect<T>(this.base, path, { options, signal, greeting, ...token });
    } catch (error) {
      if (!(error instanceof AppError) || this.relay === undefined) throw error;
      // The relay is a detail of this process.
      const message = error.message.replaceAll(new URL(this.base).origin, new URL(this.url).origin);
      throw new AppError(error.code, message, { cause: error });
    }
  }

  /** Lists all stacks and projects. */
  stacks(signal: AbortSignal): Promise<Stack[]> {
    return this.ask<Stack[]>("/stacks", { signal });
  }
}

/**
 * Opens a client of the server that these settings describe; never creates a token.
 *
 * @param need With "view" the stored token is not sent where viewing needs none, since it may be another server's.
 */
export async function openServerClient(
  config: Config,
  need: "view" | "change" = "change",
): Promise<ServerClient> {
  const { access, data, listen, tls } = config;
  const url = serverUrl(tls === undefined ? "http" : "https", listen.host, listen.port, listen.basePath);
  const relay = tls && await openRelay(url, tls.cert);
  const open = need === "view" && isLoopback(listen.host) && !await refusesView(baseOf(url, relay));
  const token = access.token ?? (open ? undefined : await readKeptToken(data));
  if (token !== undefined) addSecret(token);
  return new ServerClient(url, token, relay);
}

function baseOf(url: string, relay: TlsRelay | undefined): string {
  return relay === undefined
    ? url
    : `http://127.0.0.1:${relay.port}${new URL(url).pathname.replace(/\/$/, "")}`;
}

/** Opens the way to a server with a certificate, which is trusted for being the one in the file. */
async function openRelay(url: string, file: string): Promise<TlsRelay> {
  const { hostname, port } = new URL(url);
  try {
    return await relayTo({ hostname, port: Number(port) || 443 }, await Deno.readTextFile(file));
  } catch (cause) {
    throw new AppError("usage", `Cannot use --tls-cert "${file}": ${reason(cause)}. Provide a PEM file`, {
      cause,
    });
  }
}

/** Asks a local server whether viewing needs the token, as with `--view-token`. */
async function refusesView(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/docker/hosts`, { signal: AbortSignal.timeout(PROBE_MS) });
    await answer.body?.cancel();
    return answer.status === 401;
  } catch {
    // The first real request reports that the server cannot be reached.
    return false;
  }
}

/**
 * Finds the stack or project with a name or an id.
 *
 * @throws {AppError} "not-found", or "usage" when several match.
 */
export function findStack(stacks: readonly Stack[], text: string, hostId: string | undefined): Stack {
  const fits = stacks.filter((stack) =>
    (stack.name === text || stack.stack_id?.toString() === text) && (hostId ?? stack.hostId) === stack.hostId
  );
  const [one, ...others] = fits;
  if (one === undefined) {
    const where = hostId === undefined ? "" : ` on host "${hostId}"`;
    const hint = suggest(text, stacks.map(({ name }) => printable(name)).filter((name) => name !== text));
    throw new AppError(
      "not-found",
      `There is no stack "${text}"${where}: ${hint}"dockstat stacks ls" lists them`,
    );
  }
  if (others.length === 0) return one;
  const found = fits.map(({ name, stack_id, hostId }) => `"${name}" (ID ${stack_id ?? "-"}) on "${hostId}"`);
  throw new AppError(
    "usage",
    `"${text}" is ambiguous: ${found.join(" or ")}. Choose with --on HOSTID or the ID`,
  );
}

/** Reads the stored token; without access to it the server will answer that it needs one. */
async function readKeptToken(folder: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(`${folder}/token`)).trim() || undefined;
  } catch {
    return undefined;
  }
}

function read<T>(url: string, { ok, status }: Response, text: string): T {
  let body: T & Partial<Problem>;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError("failed", `The server at ${url} is not DockStat`, { cause });
  }
  if (ok) return body;
  throw new AppError(
    status === 409 ? "busy" : status === 400 ? "usage" : "failed",
    typeof body?.detail === "string" ? messageOf(body) : `${url} refused: ${text}`,
  );
}

/** CLI users never see the request body, so its fields are reported instead of the detail. */
function messageOf({ status, detail = "", errors = [] }: Partial<Problem>): string {
  const isBody = status === 422 && errors.length > 0 && errors.every(({ line }) => line === undefined);
  return isBody ? errors.map(({ path, message }) => `${path}: ${message}`).join("; ") : detail;
}

function whyUnreachable(url: string, thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const message = reason(cause);
  if (cause instanceof Deno.errors.NotCapable || /certificate/i.test(message)) {
    return `Cannot reach DockStat at ${url}: ${message}`;
  }
  return `Cannot reach DockStat at ${url}: start it with "dockstat serve", or give its address with --host and --port`;
}
