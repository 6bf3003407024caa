/** The one client for requests to other places than the configured engines. */
import type { LookupFunction } from "node:net";
import { USER_AGENT } from "../version.ts";
import { type AllowedAddress, forbiddenKind, isAllowed, isSameEndpoint } from "./addresses.ts";
import { type Exchange, exchange } from "./exchange.ts";
import type { OutboundFailure, OutboundOutcome } from "./outcome.ts";

/** Time that a request may take from the resolution of its name to the last byte, ms. */
const TIMEOUT_MS = 10_000;

/** Size of an answer that callers read, bytes. */
const MAX_BYTES = 1_048_576;

/** Redirects that one request may follow. */
const MOST_REDIRECTS = 5;

/** Resolves a name to all of its addresses; rejects when the name does not exist. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Settings of an {@linkcode OutboundClient}. */
export interface OutboundOptions {
  /** Addresses that may be reached although they are refused by default. */
  readonly allow?: readonly AllowedAddress[];
  readonly resolve?: Resolve;
  /** Time for a whole request, ms. */
  readonly timeoutMs?: number;
  /** PEM texts of certificate authorities that are trusted instead of the built-in ones. */
  readonly ca?: readonly string[];
}

/** One request; its URL has the scheme http or https. */
export interface OutboundRequest {
  readonly url: string;
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Largest answer, bytes. */
  readonly maxBytes?: number;
  /** Returns at the head of the answer, and does not read its body. */
  readonly ignoreBody?: boolean;
  /** Follows redirects to the same scheme, host and port; only for GET and HEAD. */
  readonly followRedirects?: boolean;
  readonly signal?: AbortSignal;
}

/** Addresses of a name, all of them checked. */
export type Resolved = { readonly kind: "resolved"; readonly addresses: readonly string[] } | OutboundFailure;

/**
 * Sends requests for users and checks where they go. A name is resolved once, each of its addresses is checked, and
 * the connection goes to a checked address. Proxies of the environment are not used, and connections are not kept.
 */
export class OutboundClient {
  readonly #allow: readonly AllowedAddress[];
  readonly #resolve: Resolve;
  readonly #timeoutMs: number;
  readonly #ca: readonly string[] | undefined;

  constructor(options: OutboundOptions = {}) {
    this.#allow = options.allow ?? [];
    this.#resolve = options.resolve ?? systemResolve;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#ca = options.ca;
  }

  /** Sends a request; failures are outcomes, and only an abort of its signal rejects. */
  async request(request: OutboundRequest): Promise<OutboundOutcome> {
    request.signal?.throwIfAborted();
    using deadline = new Deadline(this.#timeoutMs, request.signal);
    let { url } = request;
    for (let followed = 0;; followed++) {
      const outcome = await this.#once({ ...request, url }, deadline.signal);
      if (outcome.kind !== "answered") request.signal?.throwIfAborted();
      const location = redirectOf(outcome);
      if (location === undefined) return outcome;
      const next = URL.canParse(location, url) ? new URL(location, url).href : "";
      const follows = request.followRedirects && isSafe(request) && followed < MOST_REDIRECTS;
      if (!follows || !isSameEndpoint(url, next)) return { kind: "blocked", why: "redirect" };
      url = next;
    }
  }

  /**
   * Resolves a name and checks its addresses, for protocols other than HTTP. Callers connect to one of the addresses,
   * never to the name.
   */
  async resolve(hostname: string, port: number, signal?: AbortSignal): Promise<Resolved> {
    signal?.throwIfAborted();
    using deadline = new Deadline(this.#timeoutMs, signal);
    const resolved = await this.#checked(hostname, port, deadline.signal);
    if (resolved.kind !== "resolved") signal?.throwIfAborted();
    return resolved;
  }

  async #once(request: OutboundRequest, signal: AbortSignal): Promise<OutboundOutcome> {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) return { kind: "blocked", why: "scheme" };
    const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
    const resolved = await this.#checked(url.hostname, port, signal);
    if (resolved.kind !== "resolved") return resolved;
    return await exchange(this.#exchangeOf(request, url, resolved.addresses, signal));
  }

  #exchangeOf(
    request: OutboundRequest,
    url: URL,
    addresses: readonly string[],
    signal: AbortSignal,
  ): Exchange {
    return {
      url,
      method: request.method ?? "GET",
      headers: { "user-agent": USER_AGENT, ...request.headers },
      body: request.body,
      maxBytes: request.ignoreBody ? 0 : request.maxBytes ?? MAX_BYTES,
      ignoreBody: request.ignoreBody ?? false,
      lookup: lookupOf(addresses),
      ca: this.#ca,
      signal,
    };
  }

  async #checked(hostname: string, port: number, signal: AbortSignal): Promise<Resolved> {
    const literal = literalAddress(hostname);
    let addresses: readonly string[];
    try {
      addresses = literal === undefined ? await unlessAborted(this.#resolve(hostname), signal) : [literal];
    } catch {
      return signal.aborted ? { kind: "timeout" } : { kind: "unreachable", why: "name" };
    }
    if (addresses.length === 0) return { kind: "unreachable", why: "name" };
    for (const address of addresses) {
      const why = isAllowed(this.#allow, address, port) ? undefined : forbiddenKind(address);
      if (why !== undefined) return { kind: "blocked", why };
    }
    return { kind: "resolved", addresses };
  }
}

/** A signal that aborts after a time or with another signal; disposing it stops its timer. */
class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #abort = (): void => this.#controller.abort();

  constructor(ms: number, readonly outer: AbortSignal | undefined) {
    this.#timer = setTimeout(this.#abort, ms);
    outer?.addEventListener("abort", this.#abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.outer?.removeEventListener("abort", this.#abort);
  }
}

function isSafe({ method = "GET" }: OutboundRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** Returns the target of a redirect; empty for a redirect without one. */
function redirectOf(outcome: OutboundOutcome): string | undefined {
  if (outcome.kind !== "answered" || ![301, 302, 303, 307, 308].includes(outcome.status)) return undefined;
  return outcome.headers["location"] ?? "";
}

/** Returns the address in a URL's host, which the URL parser has normalized; `undefined` for a name. */
function literalAddress(hostname: string): string | undefined {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  if (hostname.includes(":")) return hostname;
  return /^\d+(\.\d+){3}$/.test(hostname) ? hostname : undefined;
}

/** Returns a lookup that answers with checked addresses, without resolving a name again. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]!.address, all[0]!.family);
  };
}

async function systemResolve(hostname: string): Promise<readonly string[]> {
  const { lookup } = await import("node:dns/promises");
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

/** Settles with a promise, or rejects when the signal aborts, since a resolution cannot be stopped. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", abort));
}
