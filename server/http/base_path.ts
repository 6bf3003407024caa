/** Pure: the base path of `--base-path`, which is removed before the router and added to addresses that leave. */

/** Place of a request relative to the base path. */
export type Place =
  /** Below it, with the address as the router reads it. */
  | { readonly kind: "below"; readonly url: URL }
  /** The base path without its slash, where relative addresses of the page would not work. */
  | { readonly kind: "edge"; readonly url: URL }
  | { readonly kind: "outside" };

/** Finds the place of a request. The path is compared as it was sent: no decoding, no merging of slashes. */
export function placeOf(url: URL, basePath: string): Place {
  if (basePath === "") return { kind: "below", url };
  if (url.pathname === basePath) return { kind: "edge", url: withPath(url, "/") };
  if (!url.pathname.startsWith(`${basePath}/`)) return { kind: "outside" };
  const rest = url.pathname.slice(basePath.length);
  // "//name" would be read as another host by programs that resolve it.
  return rest.startsWith("//") ? { kind: "outside" } : { kind: "below", url: withPath(url, rest) };
}

/** Adds the base path to the `Location` of a response. */
export function withBaseLocation(response: Response, basePath: string): Response {
  const location = response.headers.get("location");
  if (basePath !== "" && location?.startsWith("/")) response.headers.set("location", basePath + location);
  return response;
}

function withPath(url: URL, pathname: string): URL {
  const changed = new URL(url);
  changed.pathname = pathname;
  return changed;
}
