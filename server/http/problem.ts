/** Problem documents for refused requests (RFC 9457). */
// @ts-types="../types/status.d.ts"
import { STATUS_TEXT } from "@std/http/status";
import { AppError, type ErrorCode } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { redact } from "../log/redact.ts";
import type { Problem } from "../protocol/problem.ts";

const STATUS = {
  "malformed": 400,
  "unauthorized": 401,
  "forbidden": 403,
  "not-found": 404,
  "method": 405,
  "busy": 409,
  "too-large": 413,
  "media-type": 415,
  "wrong-host": 421,
  "invalid": 422,
  "too-many": 429,
  "engine-refused": 502,
  "engine-unreachable": 503,
  "unavailable": 503,
  "no-space": 507,
  "usage": 400,
  "failed": 500,
} as const satisfies Readonly<Record<ErrorCode, keyof typeof STATUS_TEXT>>;

const log = getLogger(["dockstat", "http"]);

/** Returns the response for a thrown value; unexpected errors are logged and reported without details. */
export function problemResponse(thrown: unknown): Response {
  const error = thrown instanceof AppError ? thrown : unforeseen(thrown);
  const status = STATUS[error.code];
  const body: Problem = {
    type: "about:blank",
    title: STATUS_TEXT[status],
    status,
    detail: error.message,
    ...(error.issues.length > 0 ? { errors: error.issues.map((issue) => ({ ...issue })) } : {}),
  };
  // The detail may repeat input, and a token in the wrong place would end up in another program's log.
  return new Response(redact(JSON.stringify(body)), {
    status,
    headers: { "content-type": "application/problem+json", ...NO_STORE, ...error.headers },
  });
}

/** Headers of responses that no cache may keep. */
export const NO_STORE: Readonly<Record<string, string>> = { "cache-control": "no-store" };

/** Creates a JSON response with the common headers. */
export function jsonResponse(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return jsonText(JSON.stringify(body), status, headers);
}

/** Creates a JSON response from serialized JSON. */
export function jsonText(
  text: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "application/json", ...NO_STORE, ...headers },
  });
}

function unforeseen(thrown: unknown): AppError {
  log.error("A request failed unexpectedly: {error}", { error: thrown });
  return new AppError(
    "failed",
    "Cannot answer: an internal error occurred. See DockStat's log for the reason",
  );
}
