/** Finds what answers a request: its path, with the names in it, and its method. */
import type { AccessLevel, Channel } from "../access/access.ts";
import { AppError } from "../errors.ts";
import type { Client } from "./socket.ts";

/** A request that has found its path. */
export interface RoutedRequest {
  readonly request: Request;
  readonly url: URL;
  readonly door: Channel;
  /** What stands where the path has a name in braces. */
  readonly params: Readonly<Record<string, string>>;
}

/** Answers one method of a path. */
export type Handler = (call: RoutedRequest) => Response | Promise<Response>;

/** The methods that a path can have, beside HEAD, which GET brings along. */
export const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;
/** One of {@linkcode METHODS}. */
export type Method = (typeof METHODS)[number];

/** One path: what it answers to each method, and whether it can become a socket. */
export type Path = { readonly [M in Method]?: Handler } & {
  /** What GET lets happen; the other methods change something unless {@linkcode Path.reads} is set. */
  readonly need?: AccessLevel | ((url: URL) => AccessLevel);
  /** Its POST changes nothing, but needs the token. */
  readonly reads?: boolean;
  /** The only door that leads to it; every door unless set. */
  readonly door?: Channel;
  /** Checks the options before the upgrade; what it returns serves the socket. */
  readonly socket?: (url: URL) => (client: Client) => Promise<void>;
};

/** A path that was found, and the names in it. */
export interface Route {
  readonly path: Path;
  readonly params: Readonly<Record<string, string>>;
}

/** All paths, by their patterns, such as "/stacks/{id}". */
export class Router {
  readonly #patterns: readonly { readonly parts: readonly string[]; readonly path: Path }[];

  constructor(readonly paths: Readonly<Record<string, Path>>) {
    this.#patterns = Object.entries(paths).map(([pattern, path]) => ({ parts: pattern.split("/"), path }));
  }

  /** The path of this name; of two that fit, the one that stands first. */
  find(pathname: string): Route | undefined {
    const own = Object.hasOwn(this.paths, pathname) ? this.paths[pathname] : undefined;
    if (own !== undefined) return { path: own, params: {} };
    const parts = pathname.split("/");
    for (const { parts: pattern, path } of this.#patterns) {
      const params = match(pattern, parts);
      if (params !== undefined) return { path, params };
    }
    return undefined;
  }

  /** The refusal of a path that is not there. */
  missing(pathname: string): AppError {
    const names = Object.keys(this.paths).join(", ");
    return new AppError("not-found", `There is nothing at "${pathname}": try ${names}`);
  }
}

/**
 * What answers a method.
 *
 * @throws {AppError} "method", with the methods that are allowed.
 */
export function handlerOf(path: Path, method: string, pathname: string): Handler {
  const wanted = method === "HEAD" ? "GET" : METHODS.find((one) => one === method);
  const handler = wanted && path[wanted];
  if (handler !== undefined) return handler;
  const allowed = METHODS.filter((one) => path[one] !== undefined)
    .flatMap((one) => one === "GET" ? [one, "HEAD"] : [one]).join(", ");
  const told = allowed.includes(",") ? `are ${allowed.replace(/, (\w+)$/, " and $1")}` : `is ${allowed}`;
  throw new AppError("method", `Cannot ${method} "${pathname}": allowed ${told}`, {
    headers: { allow: allowed },
  });
}

/** What a request lets happen, before it is known whether there is anything. */
export function needOf(route: Route | undefined, method: string, url: URL): AccessLevel {
  // What is not there needs as much as looking does: strangers do not learn what is.
  if (route === undefined) return "view";
  const { path } = route;
  if (method === "GET" || method === "HEAD") {
    return typeof path.need === "function" ? path.need(url) : path.need ?? "view";
  }
  const known = METHODS.some((one) => one === method && path[one] !== undefined);
  if (!known) return "view";
  return path.reads ? "secrets" : "change";
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index]!;
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined && piece !== part) return undefined;
    if (name !== undefined) params[name] = decoded(part);
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not encoded as it should be: then it is the name of nothing that we know.
    return part;
  }
}
