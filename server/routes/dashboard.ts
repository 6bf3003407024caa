/** Serves the dashboard's files as built by `deno task ui`: from a checkout, the image or a compiled binary. */
// @ts-types="../types/etag.d.ts"
import { eTag, ifNoneMatch } from "@std/http/etag";
// @ts-types="../types/negotiation.d.ts"
import { acceptsEncodings } from "@std/http/negotiation";
import { AppError } from "../errors.ts";

/** Longest asset name in characters. */
const LONGEST_NAME = 200;
/** Folder of the build; a compiled binary embeds it at the same place. */
const FOLDER = new URL("../../dist/ui/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
  txt: "text/plain; charset=utf-8",
};

/** Codings of compressed files and the ends of their names, smallest first. */
const CODINGS = [["br", "br"], ["gzip", "gz"]] as const;

interface PackedFile {
  readonly coding: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The page loads from this server only, no page may frame it, and no text becomes markup or code. MUI adds its styles
 * to the page.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // Admits the address of the service worker only.
  "trusted-types dockstat-worker",
].join("; ");

/**
 * Returns one of the dashboard's files.
 *
 * @param name Such as `index.html` or `assets/index-4f2a.js`; other characters are not found.
 * @throws {AppError} "not-found"; the message says how to build the dashboard if that has not been done.
 */
export async function dashboardFile(request: Request, name: string, folder: URL = FOLDER): Promise<Response> {
  const url = name.length <= LONGEST_NAME && /^(assets\/)?[\w-]+(\.[\w-]+)+$/.test(name)
    ? new URL(name, folder)
    : undefined;
  const packed = url && await readPacked(request, url);
  const bytes = packed?.bytes ?? (url && await read(url));
  if (bytes === undefined) throw await missing(name, folder);
  const etag = await eTag(bytes);
  const headers = {
    ...headersOf(name),
    "vary": "accept-encoding",
    ...packed === undefined ? {} : { "content-encoding": packed.coding },
    ...etag === undefined ? {} : { etag },
  };
  if (etag !== undefined && !ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(bytes, { headers });
}

/** Returns the smallest compressed file that the client accepts; `undefined` without one. */
async function readPacked(request: Request, url: URL): Promise<PackedFile | undefined> {
  for (const [coding, ending] of CODINGS) {
    const bytes = takes(request, coding) ? await read(new URL(`${url}.${ending}`)) : undefined;
    if (bytes !== undefined) return { coding, bytes };
  }
  return undefined;
}

/** No Accept-Encoding formally means any encoding, but such clients rarely decode one; an empty one means none. */
function takes(request: Request, coding: string): boolean {
  return Boolean(request.headers.get("accept-encoding")?.trim()) &&
    acceptsEncodings(request, coding) === coding;
}

/** Names of assets change with their content, so they are cached; everything else is revalidated. */
function headersOf(name: string): Record<string, string> {
  const type = TYPES[name.replace(/^.*\./, "")] ?? "application/octet-stream";
  const kept = name.startsWith("assets/") ? "private, max-age=31536000, immutable" : "no-cache";
  return {
    "content-type": type,
    "cache-control": kept,
    "content-security-policy": PAGE_POLICY,
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
