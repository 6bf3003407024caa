/** `POST /downloads` and `GET /downloads/{download}`: answers that a browser saves without the token in an address. */
import type { Downloads } from "../access/downloads.ts";
import { AppError } from "../errors.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { checkPath } from "../http/request_path.ts";
import { handlerOf, type Path, type Route, type RoutedRequest } from "../http/router.ts";
import { type Download, NewDownload } from "../protocol/downloads.ts";
import { withoutOptions } from "./filters.ts";

/** Endings of names by content type. */
const ENDINGS: Readonly<Record<string, string>> = {
  "application/json": ".json",
  "text/csv": ".csv",
  "text/plain": ".log",
};

/** Preferred forms of an answer that is saved. */
const ACCEPT = "text/plain, text/csv, application/json;q=0.5, */*;q=0.1";

/** Parts of these paths. */
export interface DownloadParts {
  readonly downloads: Downloads;
  readonly find: (pathname: string) => Route | undefined;
  /** Returns a signal that aborts when the credential of a request ends. */
  readonly validityOf: (request: Request) => AbortSignal | undefined;
  /** Path that everything is served under; empty for the root. */
  readonly basePath: string;
}

/** Returns the paths of downloads. */
export function downloadPaths(parts: DownloadParts, bodyBytes: number): Readonly<Record<string, Path>> {
  const { downloads, find, validityOf, basePath } = parts;
  return {
    "/downloads": {
      reads: true,
      POST: withoutOptions(async ({ request, url }) => {
        const { path } = await readBody(request, NewDownload, bodyBytes);
        const [target, route] = routeOf(path, url, find);
        await route.path.checkFile?.(target);
        const id = downloads.issue(path, validityOf(request));
        const download: Download = { url: `${basePath}/downloads/${id}` };
        return jsonResponse(download);
      }),
    },
    "/downloads/{download}": {
      // The address is the credential.
      need: "nothing",
      GET: withoutOptions((call) => save(call, parts)),
    },
  };
}

async function save(call: RoutedRequest, { downloads, find }: DownloadParts): Promise<Response> {
  const { request, url, params: { download = "" } } = call;
  if (request.method === "HEAD") {
    throw new AppError("method", "Cannot answer HEAD for a download: it is valid once", {
      headers: { allow: "GET" },
    });
  }
  const path = downloads.take(download);
  if (path === undefined) {
    throw new AppError("not-found", "There is no such download: an address is valid once, within 60 s");
  }
  const [target, route, name] = routeOf(path, url, find);
  const inner = new Request(target, { headers: { accept: ACCEPT }, signal: request.signal });
  const handler = handlerOf(route.path, "GET", target.pathname);
  return asFile(
    await handler({ ...call, request: inner, url: target, params: route.params, trusted: true }),
    name,
  );
}

/**
 * Finds what a download returns.
 *
 * @throws {AppError} "invalid" for a path that is not meant for downloads.
 */
function routeOf(
  path: string,
  base: URL,
  find: DownloadParts["find"],
): readonly [target: URL, route: Route, name: string] {
  checkPath(base.origin + path);
  const target = new URL(base.origin + path);
  const route = find(target.pathname);
  const name = route?.path.fileName?.(target, route.params);
  if (route !== undefined && name !== undefined) return [target, route, name];
  const message = "found a path that cannot be saved: expected one such as /logs/ws?container=web";
  throw new AppError("invalid", `Cannot save "${path.slice(0, 80)}": ${message}`, {
    issues: [{ path: "path", message }],
  });
}

/** Makes an answer one that a browser saves and never displays. */
function asFile(answer: Response, name: string): Response {
  const headers = new Headers(answer.headers);
  const [type = ""] = (headers.get("content-type") ?? "").split(";", 1);
  const file = (name + (ENDINGS[type] ?? "")).replaceAll(/[^\w.-]/g, "_");
  if (!headers.has("content-disposition")) {
    headers.set("content-disposition", `attachment; filename="${file}"`);
  }
  headers.set("content-type", "application/octet-stream");
  headers.set("cache-control", "no-store");
  headers.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  return new Response(answer.body, { status: answer.status, headers });
}
