/** Pure: refuses paths that a proxy in front of the server may read as another path. */
import { AppError } from "../errors.ts";

/** Scheme and authority; the path follows. */
const BEFORE_PATH = /^[a-z]+:\/\/[^/?#\\]*/i;
/** Characters that some programs take for a separator, or for the end of the path. */
const SEPARATORS = /\\|%(?:2f|5c|00)/i;
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/**
 * Checks the path of a request as it was sent. Access is decided on the path that the router matches, so a path with
 * two readings is refused.
 *
 * @param address The whole address, not normalized.
 * @throws {AppError} "malformed".
 */
export function checkPath(address: string): void {
  const [path = ""] = address.replace(BEFORE_PATH, "").split(/[?#]/, 1);
  const hasDots = path.split("/").some((segment) => DOT_SEGMENT.test(segment));
  if (!hasDots && !SEPARATORS.test(path)) return;
  throw new AppError(
    "malformed",
    'Cannot read the path of the request: expected no "." or ".." segment, no "\\" and no encoded separators',
  );
}
