/** Finds the handler of a request by path and method. */
import type { AccessLevel, Channel } from "../access/access.ts";
import { AppError } from "../errors.ts";
import type { Client } from "./socket.ts";
import { adviceFor } from "./unknown_path.ts";

/** A request with its matched path. */
export interface RoutedRequest {
  readonly request: Request;
  readonly url: URL;
  readonly channel: Channel;
  /** True for a client that may read secrets: it has shown the token, or needs none. */
  readonly trusted: boolean;
  /** Values of the names in braces. */
  readonly params: Readonly<Record<string, string>>;
}

/** Handles one method of a path. */
export type Handler = (call: RoutedRequest) => Response | Promise<Response>;

/** Methods that a path can have; GET implies HEAD. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
/** One of {@linkcode METHODS}. */
export type Method = (typeof METHODS)[number];

/** Serves an open socket until it ends. */
export type SocketServer = (client: Client) => Promise<void>;

/** The request that opens a socket. */
export interface SocketCall extends Pick<RoutedRequest, "request" | "params" | "channel"> {
  /** Address of the client. */
  readonly peer: string;
  /** Identity of the client's session, which aborts when it ends; `undefined` without one. */
  readonly session: AbortSignal | undefined;
}

/** One path: its methods, and whether it can become a socket. */
export type Path = { readonly [M in Method]?: Handler } & {
  /** Access level of GET; the other methods change something unless {@linkcode Path.reads} is set. */
  readonly need?: AccessLevel | ((url: URL) => AccessLevel);
  /** True when POST changes nothing but requires the token. */
  readonly reads?: boolean;
  /** Access levels of methods that neither read nor change what is monitored. */
  readonly needs?: Readonly<Partial<Record<Method, AccessLevel>>>;
  /** True when the last parameter takes the rest of the path, such as "config/app.env". */
  readonly rest?: boolean;
  /** Returns the name of the file in which `POST /downloads` saves its GET; paths without it cannot be saved. */
  readonly fileName?: (url: URL, params: Readonly<Record<string, string>>) => string;
  /** Refuses options for which `POST /downloads` creates no address. */
  readonly checkFile?: (url: URL) => Promise<void>;
  /** The only channel on which it is served; every channel unless set. */
  readonly channel?: Channel;
  /** Checks the options before the upgrade; the returned function serves the socket. */
  readonly socket?: (
    url: URL,
    trusted: boolean,
    call: SocketCall,
  ) => SocketServer | Promise<SocketServer>;
  /** Size of the largest frame that a client may send on its socket, bytes; that of the limits unless set. */
  readonly frameBytes?: number;
};

/** A matched path with its parameters. */
export interface Route {
  readonly path: Path;
  readonly params: Readonly<Record<string, string>>;
}

/** All paths by pattern, such as "/stacks/{id}". */
export class Router {
  readonly #patterns: readonly { readonly parts: readonly string[]; readonly path: Path }[];

  constructor(readonly paths: Readonly<Record<string, Path>>) {
    this.#patterns = Object.entries(paths).map(([pattern, path]) => ({ parts: pattern.split("/"), path }));
  }

  /** Finds a path; of two matching patterns the first wins. */
  find(pathname: string): Route | undefined {
    const own = Object.hasOwn(this.paths, pathname) ? this.paths[pathname] : undefined;
    if (own !== undefined) return { path: own, params: {} };
    const parts = pathname.split("/");
    for (const { parts: pattern, path } of this.#patterns) {
      const params = match(pattern, path.rest ? withRest(pattern.length, parts) : parts);
      if (params !== undefined) return { path, params };
    }
    return undefined;
  }

  /** Creates the error for a path that is unknown on a channel. */
  missing(pathname: string, on: Channel): AppError {
    const patterns = Object.entries(this.paths)
      .filter(([, { channel }]) => channel === undefined || channel === on).map(([pattern]) => pattern);
    return new AppError("not-found", `Nothing exists at "${pathname}": ${adviceFor(pathname, patterns)}`);
  }
}

/**
 * Returns the handler of a method.
 *
 * @throws {AppError} "method" with the allowed methods.
 */
export function handlerOf(path: Path, method: string, pathname: string): Handler {
  const wanted = method === "HEAD" ? "GET" : METHODS.find((one) => one === method);
  const handler = wanted && path[wanted];
  if (handler !== undefined) return handler;
  const allowed = METHODS.filter((one) => path[one] !== undefined)
    .flatMap((one) => one === "GET" ? [one, "HEAD"] : [one]).join(", ");
  const list = allowed.includes(",") ? `are ${allowed.replace(/, (\w+)$/, " and $1")}` : `is ${allowed}`;
  throw new AppError("method", `Cannot ${method} "${pathname}": allowed ${list}`, {
    headers: { allow: allowed },
  });
}

/** Returns the access level of a request before its route is known to exist. */
export function needOf(route: Route | undefined, method: string, url: URL): AccessLevel {
  // An unknown path needs the same level as viewing, so strangers cannot probe which paths exist.
  if (route === undefined) return "view";
  const { path } = route;
  if (method === "GET" || method === "HEAD") {
    return typeof path.need === "function" ? path.need(url) : path.need ?? "view";
  }
  const known = METHODS.find((one) => one === method && path[one] !== undefined);
  if (known === undefined) return "view";
  return path.needs?.[known] ?? (path.reads ? "secrets" : "change");
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index]!;
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined ? piece !== part : part === "") return undefined;
    if (name !== undefined) params[name] = decoded(part);
  }
  return params;
}

/** Joins the last parts of a path, so that it has as many parts as the pattern. */
function withRest(length: number, parts: readonly string[]): readonly string[] {
  if (parts.length < length) return parts;
  return [...parts.slice(0, length - 1), parts.slice(length - 1).join("/")];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // An invalid percent-encoding matches no known name.
    return part;
  }
}
