/** Pure: may this request do this? Checked before every upgrade and before every answer. */
import { AppError } from "../errors.ts";
import { type Credential, credentialsOf } from "./credentials.ts";
import { normalizeOrigin, type Ticket } from "./tickets.ts";

/** What a path lets happen, from least to most. */
export type AccessLevel =
  /** Nothing is told: `/healthz`. */
  | "nothing"
  /** What anybody on this machine may see: names, numbers, states. */
  | "view"
  /** What may hold secrets: container output, compose files; needs the token. */
  | "secrets"
  /** Changes something; needs the token, and is off with `--read-only`. */
  | "change";

/** The way by which a request has come. */
export type Channel =
  /** A port: anybody who reaches it may knock. */
  | "tcp"
  /** The socket of `--socket`: who may open that file is trusted. */
  | "unix";

/** What the access rules need to know of the server. */
export interface AccessRules {
  /** The address that it listens on, as configured. */
  readonly listenHost: string;
  /** Origins beside the server's own, such as that of a proxy before it. */
  readonly origins: readonly string[];
  readonly readOnly: boolean;
  /** Tells whether a credential is the token; `undefined` when `--no-auth` has opened the doors. */
  readonly isToken: ((credential: Credential) => boolean) | undefined;
  /** The ticket that a client presents; `undefined` for one that is not, or no longer, known. */
  readonly findTicket: (presented: string) => Ticket | undefined;
}

/** Whether an address can only be reached from its own machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Refuses what the rules do not allow.
 *
 * @throws {AppError} "wrong-host", "forbidden" or "unauthorized", with what was received and what would be right.
 */
export function checkAccess(
  request: Request,
  url: URL,
  need: AccessLevel,
  rules: AccessRules,
  door: Channel,
): void {
  const ticket = door === "tcp" ? checkTicket(request, rules) : undefined;
  if (door === "tcp") checkHost(request, url, rules);
  if (door === "tcp" && ticket === undefined) checkOrigin(request, url, rules);
  if (need === "change" && rules.readOnly) {
    throw new AppError("forbidden", "Cannot change anything: this server runs with --read-only");
  }
  if (door === "tcp" && (ticket === undefined || need === "change")) checkToken(request, need, rules);
}

/** Whether a request may do everything that this server allows at all. */
export function isTrusted(request: Request, { isToken }: AccessRules, door: Channel): boolean {
  return door === "unix" || isToken === undefined || credentialsOf(request.headers).some(isToken);
}

/** The ticket of a request, if it presents one; until it ends the socket may stay. */
export function ticketOf(request: Request, { findTicket }: AccessRules): Ticket | undefined {
  const presented = credentialsOf(request.headers).find(({ kind }) => kind === "ticket");
  return presented && findTicket(presented.secret);
}

/** A ticket is for the page that it was given to, and for no other that has got hold of it. */
function checkTicket(request: Request, rules: AccessRules): Ticket | undefined {
  if (!credentialsOf(request.headers).some(({ kind }) => kind === "ticket")) return undefined;
  const ticket = ticketOf(request, rules);
  if (ticket === undefined) {
    throw unauthorized(
      "Cannot accept this ticket: it has expired, or is not of this server",
      "POST /session gives one",
    );
  }
  const origin = request.headers.get("origin");
  if (origin === null || normalizeOrigin(origin) === ticket.origin) return ticket;
  throw new AppError(
    "forbidden",
    `Cannot accept this ticket from the origin "${origin}": it was given to "${ticket.origin}"`,
  );
}

/** Against DNS rebinding: a page that calls this machine by a name of its own. */
function checkHost(request: Request, url: URL, { listenHost, origins }: AccessRules): void {
  const stated = request.headers.get("host");
  // The address of the request is built from this header; whatever is no plain name could lead it astray.
  if (
    stated !== null && (!/^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/.test(stated) || !isSameHost(stated, url))
  ) {
    throw new AppError("wrong-host", `Cannot answer for "${stated}": it is not the name of this server`);
  }
  const hostname = url.hostname.toLowerCase();
  const names = origins.map((origin) => new URL(origin).hostname);
  if (isLoopback(hostname) || hostname === bracketed(listenHost) || names.includes(hostname)) return;
  // Bound to every address, it is called by any of them; an address, unlike a name, cannot be rebound.
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

/** Against cross-site hijacking: a page of somebody else's that opens our sockets. */
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

function checkToken(request: Request, need: AccessLevel, { listenHost, isToken }: AccessRules): void {
  if (isToken === undefined || need === "nothing") return;
  const presented = credentialsOf(request.headers);
  if (presented.some(isToken)) return;
  // A cookie may be of another server on this machine: browsers keep them without the port.
  if (presented.some(({ kind }) => kind !== "cookie")) {
    throw unauthorized("Cannot accept this token: it is not the one of this server");
  }
  if (need === "view" && isLoopback(listenHost)) return;
  throw unauthorized("Cannot answer without the token");
}

const WAYS =
  "send it as Authorization: Bearer, or open the link that the server printed; dockstat token prints it";

function unauthorized(sentence: string, ways: string = WAYS): AppError {
  return new AppError("unauthorized", `${sentence}: ${ways}`, {
    headers: { "www-authenticate": 'Bearer realm="dockstat"' },
  });
}

function isSameHost(stated: string, url: URL): boolean {
  return URL.canParse(`http://${stated}`) && new URL(`http://${stated}`).hostname === url.hostname;
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host.toLowerCase()}]` : host.toLowerCase();
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "[::]";
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
}
