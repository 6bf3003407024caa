/** Reads an engine's answer: its JSON, or an error with the engine's message. */
import { AppError } from "../errors.ts";
import type { Answer } from "./http_client.ts";

/**
 * Parses the JSON of a successful answer.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's message.
 */
export function accepted({ head, text }: Answer): unknown {
  const body = JSON.parse(text);
  if (head.status === 200) return body;
  const message = (body as { message?: unknown } | null)?.message;
  throw new AppError(
    head.status === 404 ? "not-found" : "engine-refused",
    typeof message === "string" ? message : `HTTP ${head.status}`,
  );
}
