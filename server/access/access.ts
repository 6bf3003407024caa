/** Pure: access rules, checked before every answer and every upgrade. */
import { bracketed, isAddress, isLoopback, isWildcard } from "../address.ts";
import { AppError } from "../errors.ts";
import { type Credential, credentialsOf } from "./credentials.ts";
import { isLocal, type LocalRules } from "./local.ts";
import { normalizeOrigin, type Ticket } from "./tickets.ts";

/** Access level of a path, from lowest to highest. */
export type AccessLevel =
  /** Returns no data: `/healthz`. */
  | "nothing"
  /** Names, numbers and states; local requests need no token. */
  | "view"
  /** May contain secrets, such as container output and compose files; requires the token. */
  | "secrets"
  /** A change whose handler checks a signature or a token of one stack; refused with `--read-only`. */
  | "signed"
  /** Changes something; requires the token, and is refused with `--read-only`. */
  | "change";

/** Channel of a request. */
export type Channel =
  /** A TCP port: untrusted. */
  | "tcp"
  /** The socket of `--socket`: trusted, since only its owner can open it. */
  | "unix";

/** Settings and credentials that the access rules depend on. */
export interface AccessRules extends LocalRules {
  readonly readOnly: boolean;
  /**
   * Returns a signal that aborts when a token or session is revoked, `undefined` for a credential that is not valid;
   * `undefined` itself with `--no-auth`.
   */
  readonly validity: ((credential: Credential) => AbortSignal | undefined) | undefined;
  /** Finds a ticket by its text; `undefined` if it is unknown or has expired. */
  readonly findTicket: (presented: string) => Ticket | undefined;
}

/**
 * Checks a request before it is answered or upgraded.
 *
 * @throws {AppError} "wrong-host", "forbidden" or "unauthorized", with the value found and what would be right.
 */
export function checkAccess(
  request: Request,
  url: URL,
  need: AccessLevel,
  rules: AccessRules,
  channel: Channel,
): void {
  const ticket = channel === "tcp" ? checkTicket(request, url, rules) : undefined;
  if (channel === "tcp") checkHost(request, url, rules);
  if (channel === "tcp" && ticket === undefined) {
    checkOrigin(request, url, rules);
    checkFetchSite(request, url, rules);
  }
  if ((need === "change" || need === "signed") && rules.readOnly) {
    throw new AppError("forbidden", "Cannot change anything: this server runs with --read-only");
  }
  if (channel === "tcp" && (ticket === undefined || need === "change" && ticket.terminal === undefined)) {
    checkToken(request, url, need, rules);
  }
  if (ticket?.terminal !== undefined) ticket.end();
}

/** Reports whether a request may read secrets: it has shown the token, a session or a ticket, or needs none. */
export function isTrusted(request: Request, rules: AccessRules, channel: Channel): boolean {
  return channel === "unix" || rules.validity === undefined || validityOf(request, rules) !== undefined;
}

/** Returns a signal that aborts when the credential of a request ends; its sockets are closed then. */
export function validityOf(request: Request, rules: AccessRules): AbortSignal | undefined {
  const [credential] = credentialsOf(request.headers);
  if (credential === undefined) return undefined;
  return credential.kind === "ticket" ? ticketOf(request, rules)?.signal : rules.validity?.(credential);
}

function ticketOf(request: Request, { findTicket }: AccessRules): Ticket | undefined {
  const presented = credentialsOf(request.headers).find(({ kind }) => kind === "ticket");
  return presented && findTicket(presented.secret);
}

/** Checks that a ticket is valid and used by the page, and for the terminal, that it was issued for. */
function checkTicket(request: Request, url: URL, rules: AccessRules): Ticket | undefined {
  if (!credentialsOf(request.headers).some(({ kind }) => kind === "ticket")) return undefined;
  const ticket = ticketOf(request, rules);
  if (ticket === undefined) {
    throw unauthorized(
      "Cannot accept this ticket: it is unknown or has expired",
      "request a new one with POST /session",
    );
  }
  const { terminal } = ticket;
  if (terminal !== undefined && terminal !== url.pathname) {
    throw new AppError(
      "forbidden",
      "Cannot accept this ticket: it was issued for the terminal of a container",
    );
  }
  const origin = request.headers.get("origin");
  const isFrom = origin === null ? terminal === undefined : normalizeOrigin(origin) === ticket.origin;
  if (isFrom) return ticket;
  throw new AppError(
    "forbidden",
    `Cannot accept this ticket from the origin "${origin ?? "none"}": it was issued to "${ticket.origin}"`,
  );
}

/** Prevents DNS rebinding: a page that reaches this machine under its own name. */
function checkHost(request: Request, url: URL, { listenHost, origins }: AccessRules): void {
  const stated = request.headers.get("host");
  // `request.url` is built from this header, so anything but a plain name and port could be misread.
  if (
    stated !== null && (!/^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/.test(stated) || !isSameHost(stated, url))
  ) {
    throw new AppError("wrong-host", `Cannot answer for "${stated}": it is not the name of this server`);
  }
  const hostname = url.hostname.toLowerCase();
  const names = origins.map((origin) => new URL(origin).hostname);
  if (isLoopback(hostname) || hostname === bracketed(listenHost) || names.includes(hostname)) return;
  // A server on all addresses can be called by any of them; an address, unlike a name, cannot be rebound.
  if (isWildcard(listenHost) && isAddress(hostname)) return;
  const own = [
    "localhost",
    "127.0.0.1",
    ...isWildcard(listenHost) ? ["its addresses"] : [listenHost],
    ...names,
  ];
  throw new AppError(
    "wrong-host",
    `Cannot answer for "${url.host}": this server answers for ${[...new Set(own)].join(", ")}; ` +
      `--origin ${url.protocol}//${url.host} adds a name`,
  );
}

/** Prevents cross-site hijacking: another site's page that opens our sockets. */
function checkOrigin(request: Request, url: URL, { origins }: AccessRules): void {
  const origin = request.headers.get("origin");
  if (origin === null || origin === url.origin || origins.includes(origin)) return;
  throw new AppError(
    "forbidden",
    `Cannot accept a request from the origin "${origin}": allowed are ${
      [url.origin, ...origins].join(", ")
    }; ` +
      `--origin ${origin === "null" ? "URL" : origin} (or DOCKSTAT_ORIGIN) adds one`,
  );
}

/**
 * Refuses requests that another site's page makes without an `Origin`, such as images and links to data. Values that no
 * browser sends are refused as well.
 */
function checkFetchSite(request: Request, url: URL, { origins }: AccessRules): void {
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return;
  if (origins.includes(headers.get("origin") ?? "")) return;
  const opensPage = headers.get("sec-fetch-mode") === "navigate" && url.pathname === "/" &&
    (headers.get("sec-fetch-dest") ?? "document") === "document" && ["GET", "HEAD"].includes(request.method);
  if (opensPage) return;
  throw new AppError(
    "forbidden",
    `Cannot accept a request with "Sec-Fetch-Site: ${site}": expected one from DockStat's own page; ` +
      "--origin URL (or DOCKSTAT_ORIGIN) allows another page",
  );
}

function checkToken(request: Request, url: URL, need: AccessLevel, rules: AccessRules): void {
  const { validity } = rules;
  if (validity === undefined || need === "nothing" || need === "signed") return;
  const [credential] = credentialsOf(request.headers);
  if (credential !== undefined && validity(credential) !== undefined) return;
  if (credential !== undefined) {
    throw unauthorized("Cannot accept this token or session: it is not valid on this server");
  }
  if (need === "view" && isLocal(request, url, rules)) return;
  throw unauthorized("Cannot answer without the token");
}

const WAYS =
  "send it as Authorization: Bearer, or open the link that the server printed; dockstat token prints it, " +
  "in a checkout deno task token";

function unauthorized(sentence: string, ways: string = WAYS): AppError {
  return new AppError("unauthorized", `${sentence}: ${ways}`, {
    headers: { "www-authenticate": 'Bearer realm="dockstat"' },
  });
}

/** Compares names and ports; the scheme's default port may be left out. */
function isSameHost(stated: string, url: URL): boolean {
  const full = `${url.protocol}//${stated}`;
  return URL.canParse(full) && new URL(full).host === url.host;
}
