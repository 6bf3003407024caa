/** Reads an engine's answer: its JSON, or an error with the engine's message. */
import { AppError } from "../errors.ts";
import { printable } from "../log/format.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import type { Answer } from "./http_client.ts";

/**
 * Parses the JSON of a successful answer.
 *
 * @throws {AppError} "not-found" or "engine-refused" with the engine's message, "engine-refused" without JSON.
 */
export function accepted(answer: Answer): unknown {
  const { status } = answer.head;
  const body = jsonOf(answer.text);
  if (status === 200 && body !== undefined) return body;
  if (status === 200) throw new AppError("engine-refused", "the answer is not JSON");
  const message = messageOf(answer) ?? forbidden(status) ?? `HTTP ${status}`;
  throw new AppError(status === 404 ? "not-found" : "engine-refused", message);
}

/**
 * Parses the JSON object of a successful answer.
 *
 * @throws {AppError} as {@linkcode accepted}, and "engine-refused" for anything but an object.
 */
export function acceptedObject(answer: Answer): Readonly<Record<string, unknown>> {
  const body = accepted(answer);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return fieldsOf(body);
  throw new AppError("engine-refused", "the answer is not an object");
}

/** Returns the error for a refusal of what every engine can do: another program or a proxy may have answered. */
export function refusal(answer: Answer): AppError {
  const foreign = `it answers with HTTP ${answer.head.status}, but not as a container engine does`;
  const message = messageOf(answer) ?? missingTls(answer) ?? forbidden(answer.head.status) ?? foreign;
  return new AppError("engine-refused", message);
}

/** Longest message of an engine for viewers and the log, characters. */
const LONGEST_MESSAGE = 1000;

/** Returns the engine's message; one about the API version explains how it was chosen. */
function messageOf({ text }: Answer): string | undefined {
  const whole = textOf(fieldsOf(jsonOf(text))["message"]);
  const message = whole === undefined ? undefined : printable(whole.slice(0, LONGEST_MESSAGE));
  if (message === undefined || !/client version [\d.]+ is too (old|new)/i.test(message)) return message;
  return `${message}. DockStat reads the version from the Api-Version header of /_ping. A proxy must not remove it`;
}

/** Returns the message for an engine that speaks TLS only. */
function missingTls({ text }: Answer): string | undefined {
  if (!/HTTP request to an HTTPS server/i.test(text)) return undefined;
  return "the engine requires TLS: set tls.ca, tls.cert and tls.key for this host";
}

/** Returns the message for a call that a proxy in front of the engine forbids, which engines never do so. */
function forbidden(status: number): string | undefined {
  if (status !== 403) return undefined;
  return "a proxy in front of the engine forbids this call (HTTP 403). Allow PING, INFO, EVENTS and CONTAINERS; " +
    "for stacks and changes also POST, IMAGES, NETWORKS and VOLUMES";
}

/** Returns `undefined` for text that is not JSON, such as the page of a proxy. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
