/** Pure: suggests paths to a client that requested an unknown one. */
import { nearestName } from "../suggestion.ts";

/** Most paths that are listed. */
const MOST = 12;

/** Returns what to request instead of an unknown path: a similar one, those below the same path, or the list. */
export function adviceFor(pathname: string, patterns: readonly string[]): string {
  const near = nearestName(pathname, patterns.map((pattern) => filled(pattern, pathname)));
  if (near !== undefined) return `did you mean "${near}"?`;
  const siblings = siblingsOf(pathname, patterns);
  const isShort = siblings.length > 0 && siblings.length <= MOST;
  return isShort ? `try ${siblings.join(", ")}` : "/openapi.json lists all paths";
}

/** Replaces the names in braces by the parts of a path at the same place, which may be any. */
function filled(pattern: string, pathname: string): string {
  const parts = pathname.split("/");
  return pattern.split("/").map((piece, index) => piece.startsWith("{") && parts[index] || piece).join("/");
}

/** Returns the patterns that begin with all parts of a path but the last; none for a path of one part. */
function siblingsOf(pathname: string, patterns: readonly string[]): readonly string[] {
  const parts = pathname.split("/").slice(0, -1);
  if (parts.length < 2) return [];
  return patterns.filter((pattern) => filled(pattern, pathname).startsWith(`${parts.join("/")}/`));
}
