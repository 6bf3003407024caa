/** The dashboard's files, as `deno task ui` has built them: in a checkout, in the image and in a compiled binary. */
// @ts-types="../types/etag.d.ts"
import { eTag, ifNoneMatch } from "@std/http/etag";
// @ts-types="../types/negotiation.d.ts"
import { acceptsEncodings } from "@std/http/negotiation";
import { AppError } from "../errors.ts";
import { COMMON_HEADERS } from "../http/problem.ts";

/** The build makes no longer ones. */
const LONGEST_NAME = 200;
/** Where the build puts them; a compiled binary carries them at the same place. */
const FOLDER = new URL("../../dist/ui/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** The page loads from this server alone, and nobody else may frame it. MUI writes its styles into the page. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * One of the dashboard's files.
 *
 * @param name Such as `index.html` or `assets/index-4f2a.js`; what is no plain name is not there.
 * @throws {AppError} "not-found", which says how to build the dashboard when that has not been done.
 */
export async function dashboardFile(request: Request, name: string, folder: URL = FOLDER): Promise<Response> {
  const url = name.length <= LONGEST_NAME && /^(assets\/)?[\w-]+(\.[\w-]+)+$/.test(name)
    ? new URL(name, folder)
    : undefined;
  const packed = url && takesGzip(request) ? await read(new URL(`${url}.gz`)) : undefined;
  const bytes = packed ?? (url && await read(url));
  if (bytes === undefined) throw await missing(name, folder);
  const etag = await eTag(bytes);
  const headers = {
    ...COMMON_HEADERS,
    ...headersOf(name),
    "vary": "accept-encoding",
    ...packed === undefined ? {} : { "content-encoding": "gzip" },
    ...etag === undefined ? {} : { etag },
  };
  if (etag !== undefined && !ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(bytes, { headers });
}

/** Who says nothing of encodings takes any by the letter, but mostly cannot. */
function takesGzip(request: Request): boolean {
  return request.headers.has("accept-encoding") && acceptsEncodings(request, "gzip") === "gzip";
}

/** The names of assets change with what is in them, so they are kept; everything else is asked for again. */
function headersOf(name: string): Record<string, string> {
  const type = TYPES[name.replace(/^.*\./, "")] ?? "application/octet-stream";
  const kept = name.startsWith("assets/") ? "private, max-age=31536000, immutable" : "no-cache";
  return {
    "content-type": type,
    "cache-control": kept,
    "content-security-policy": PAGE_POLICY,
    "referrer-policy": "no-referrer",
  };
}

async function read(url: URL): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.IsADirectory) return undefined;
    throw error;
  }
}

async function missing(name: string, folder: URL): Promise<AppError> {
  const built = await read(new URL("index.html", folder)) !== undefined;
  const how = built ? "its page is at /" : 'it is not built: "deno task ui" builds it';
  return new AppError("not-found", `The dashboard has no "${name.slice(0, 80)}": ${how}`);
}
