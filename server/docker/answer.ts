/** Reads an engine's answer: its JSON, or an error with the engine's message. */
import { AppError } from "../errors.ts";
import type { Answer } from "./http_client.ts";

/**
 * Parses the JSON of a successful answer.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's message.
 */
export function accepted({ head, text }: Answer): unknown {
  if (head.status === 200) return JSON.parse(text);
  const body = jsonOf(text);
  const message = (body as { message?: unknown } | null)?.message;
  throw new AppError(
    head.status === 404 ? "not-found" : "engine-refused",
    typeof message === "string" ? message : `HTTP ${head.status}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Proxies refuse requests in plain text.
    return null;
  }
}

/**
 * Parses the answer to a request that may change something: any success counts, and "not modified", which means that
 * the change was made before. An empty body is `undefined`.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's message.
 */
export function completed({ head, text }: Answer): unknown {
  const isSuccess = head.status >= 200 && head.status < 300 || head.status === 304;
  const ok = isSuccess ? { ...head, status: 200 } : head;
  return isSuccess && text.trim() === "" ? undefined : accepted({ head: ok, text });
}
