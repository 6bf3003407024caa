/** Reads an engine's answer: its JSON, or an error with the engine's message. */
import { AppError } from "../errors.ts";
import type { Answer } from "./http_client.ts";

/**
 * Parses the JSON of a successful answer.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's message.
 */
export function accepted(answer: Answer): unknown {
  const { status } = answer.head;
  if (status === 200) return JSON.parse(answer.text);
  throw new AppError(status === 404 ? "not-found" : "engine-refused", messageOf(answer) ?? `HTTP ${status}`);
}

/** Returns the error for a refusal of what every engine can do: another program or a proxy may have answered. */
export function refusal(answer: Answer): AppError {
  const foreign = `it answers with HTTP ${answer.head.status}, but not as a container engine does`;
  return new AppError("engine-refused", messageOf(answer) ?? foreign);
}

function messageOf({ text }: Answer): string | undefined {
  const message = (jsonOf(text) as { message?: unknown } | null)?.message;
  return typeof message === "string" ? message : undefined;
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
