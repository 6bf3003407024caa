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
  const message = messageOf(answer) ?? forbidden(answer) ?? `HTTP ${status}`;
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
  const message = messageOf(answer) ?? missingTls(answer) ?? forbidden(answer) ?? foreign;
  return new AppError("engine-refused", message);
}

/** Longest message of an engine for viewers and the log, characters. */
const LONGEST_MESSAGE = 1000;
/** Longest method and path, characters. */
const LONGEST_CALL = 80;

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

/** Access that few calls need, by their path. */
const FURTHER_ACCESS: readonly (readonly [path: RegExp, access: string])[] = [
  [/ \/(nodes|services|tasks)\b/, "NODES, SERVICES and TASKS"],
  [/ \/(containers\/[^/]+\/)?exec\b/, "EXEC"],
  [/ \/system\b/, "SYSTEM"],
];

/** Returns the message for a call that a proxy in front of the engine forbids, which engines never do so. */
function forbidden({ head: { status }, call }: Answer): string | undefined {
  if (status !== 403) return undefined;
  const what = call === undefined ? "this call" : shownCall(call);
  const further = FURTHER_ACCESS.find(([path]) => path.test(what))?.[1];
  return `a proxy in front of the engine forbids ${what} (HTTP 403). Allow PING, INFO, EVENTS and CONTAINERS; ` +
    "for stacks and changes also POST, IMAGES, NETWORKS and VOLUMES" +
    (further === undefined ? "" : `; for this call also ${further}`);
}

/** Returns method and path without the version, options and ids, which a proxy does not look at. */
function shownCall(call: string): string {
  const path = call.replace(/\?.*$/s, "").replace(/ \/v\d+\.\d+\//, " /").replace(/[0-9a-f]{64}/g, "{id}");
  return printable(path.slice(0, LONGEST_CALL));
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
export function completed(answer: Answer): unknown {
  const { head, text } = answer;
  const isSuccess = head.status >= 200 && head.status < 300 || head.status === 304;
  const ok = isSuccess ? { ...head, status: 200 } : head;
  return isSuccess && text.trim() === "" ? undefined : accepted({ ...answer, head: ok });
}
