/** An engine's answer: its JSON, or its refusal in its own words. */
import { AppError } from "../errors.ts";
import type { Answer } from "./http_client.ts";

/**
 * The JSON of an answer that was given.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's words.
 */
export function accepted({ head, text }: Answer): unknown {
  const body = JSON.parse(text);
  if (head.status === 200) return body;
  const words = (body as { message?: unknown } | null)?.message;
  throw new AppError(
    head.status === 404 ? "not-found" : "engine-refused",
    typeof words === "string" ? words : `HTTP ${head.status}`,
  );
}
