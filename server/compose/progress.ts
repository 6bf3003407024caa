/** Parses the progress that Compose writes to stderr. Compose has had three forms, and mixes plain text into each. */
import type { ResourceState } from "../protocol/stack_events.ts";
import { countOf, fieldsOf, textOf } from "../untrusted_json.ts";
import { isLayerId, type Resource, resourceOf } from "./resource.ts";
import { stateOfVerb, VERB } from "./verbs.ts";

/** The current state of one resource. */
export interface ResourceProgress {
  readonly kind: "resource";
  /** Compose's id, such as "Network web_default"; 2.x uses the name of the service while it pulls. */
  readonly id: string;
  readonly resource: Resource;
  readonly state: ResourceState;
  /** Compose's verb, such as "Creating". */
  readonly verb: string;
  /** Compose's text about an error, a warning or a skipped step. */
  readonly reason: string | undefined;
  /** Bytes done and bytes in total, where Compose reports them. */
  readonly current: number | undefined;
  readonly total: number | undefined;
}

/** One thing that Compose reports. */
export type ProgressLine =
  | ResourceProgress
  /** The reason for a failed run. */
  | { readonly kind: "failure"; readonly message: string }
  /** A warning about the project or the environment, such as an unset variable. */
  | { readonly kind: "warning"; readonly message: string }
  /** Any other text on stderr. */
  | { readonly kind: "note"; readonly message: string }
  /** Output of a build, with the name of the step that printed it where that is known. */
  | { readonly kind: "output"; readonly message: string; readonly step?: string };

/** " Network web_default  Creating": two spaces before 5.0, one since. */
const PLAIN = /^ ?((?:Network|Volume|Container|Image|Secret|Config|Service) \S+) {1,2}(\S.*)$/;
/** " web Pulling": the name of a service alone. The leading space and the capital distinguish it from other text. */
const PLAIN_SERVICE = /^ ([a-z0-9][\w.-]*) {1,2}([A-Z].*)$/;
/** " service:web:1 Error response from daemon: …" */
const PLAIN_INTERNAL = /^ ((?:service|hook|provider|network|volume):\S+) (\S.*)$/;
/** logrus without a terminal and with one. */
const LOGRUS = /^time="[^"]*" level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/;
const LOGRUS_TERMINAL = /^WARN\[\d+\] (.+)$/;
const WARNING = /^WARNING: /;
/** Longest text that may end with a progress bar, and longest sizes at its end, characters: patterns are slow on more. */
const LONGEST_BAR = 1000;
const LONGEST_SIZES = 100;

/** Parses one line; returns `undefined` for an empty one. */
export function parseProgressLine(line: string): ProgressLine | undefined {
  const text = line.trimEnd();
  if (text.trim() === "") return undefined;
  const fields = text.trimStart().startsWith("{") ? parseObject(text) : undefined;
  if (fields !== undefined) return fromJson(fields, text);
  const [, id, rest = ""] = PLAIN.exec(text) ?? PLAIN_SERVICE.exec(text) ?? PLAIN_INTERNAL.exec(text) ?? [];
  if (id !== undefined) return fromPlain(id, rest);
  return fromText(text.trim());
}

function fromText(text: string): ProgressLine {
  const [, level, quoted = ""] = LOGRUS.exec(text) ?? [];
  if (level !== undefined) return logged(level, unquoted(quoted));
  const warning = LOGRUS_TERMINAL.exec(text)?.[1];
  if (warning !== undefined) return logged("warning", warning);
  return logged(WARNING.test(text) ? "warning" : "info", text);
}

function logged(level: string, text: string): ProgressLine {
  return { kind: level === "warning" ? "warning" : "note", message: text.replace(WARNING, "") };
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    // Without quotes, or with escapes that only Go has.
    return text.replace(/^"|"$/g, "");
  }
}

function fromPlain(id: string, rest: string): ResourceProgress {
  const isLayer = isLayerId(id);
  const bar = / +\[[=> -]*\] +.*$/;
  const text = isLayer && rest.length <= LONGEST_BAR
    ? rest.replace(bar, "").replace(/ +\d[\d.]*[kMGT]?B$/, "")
    : rest;
  const [, verb, reason] = /^(Error|Warning|Skipped)(?::| -)? (?!response from |while )(.+)$/s.exec(text) ??
    [];
  const found = verb === undefined ? spoken(text) : { ...spoken(verb), reason };
  return { ...progress(id, isLayer ? "" : undefined, found), ...sizesOf(rest) };
}

/** Reads the bytes at the end of a text such as "[==>  ]  229.4kB/21.08MB". */
export function sizesOf(text: string): Partial<Pick<ResourceProgress, "current" | "total">> {
  const [, current, unit, total, units] =
    /([\d.]+)([kMGT]?)B ?\/ ?([\d.]+)([kMGT]?)B$/.exec(text.slice(-LONGEST_SIZES)) ?? [];
  if (current === undefined) return {};
  const bytes = (number = "", prefix = "") => Number(number) * 1000 ** " kMGT".indexOf(prefix || " ");
  return { current: bytes(current, unit), total: bytes(total, units) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    // A note that begins with a brace.
    return undefined;
  }
}

function fromJson(fields: Readonly<Record<string, unknown>>, line: string): ProgressLine {
  const message = textOf(fields["message"]);
  if (fields["error"] === true) {
    return { kind: "failure", message: tidied(message ?? "Compose gave no reason") };
  }
  const id = textOf(fields["id"]);
  const text = textOf(fields["text"]);
  if (id === undefined) {
    return logged(
      textOf(fields["level"]) ?? (WARNING.test(text ?? "") ? "warning" : "info"),
      message ?? textOf(fields["msg"])?.replace(WARNING, "") ?? text ?? line.trim(),
    );
  }
  const status = textOf(fields["status"]);
  const state = STATES.get(status ?? "");
  const found = state === undefined
    ? fromVersion2(text || undefined, status || undefined)
    : fromVersion5(state, text || status!, textOf(fields["details"]));
  const total = countOf(fields["total"]) || undefined;
  // Without a total, "current" of an extraction is in seconds.
  const current = total === undefined ? undefined : countOf(fields["current"]);
  return { ...progress(id, textOf(fields["parent_id"]), found), current, total };
}

/** Removes doubled line ends and repeated lines from the message of a failure. */
function tidied(message: string): string {
  const lines = message.trimEnd().split("\n");
  const isDoubled = lines.length > 2 && lines.every((line, index) => index % 2 === 0 || line === "");
  const single = isDoubled ? lines.filter((_, index) => index % 2 === 0) : lines;
  return single.filter((line, index) => index === 0 || line !== single[index - 1]).join("\n");
}

type Found = Pick<ResourceProgress, "state" | "verb" | "reason">;

/** The states of Compose 5. */
const STATES: ReadonlyMap<string, ResourceState> = new Map([
  ["Working", "working"],
  ["Done", "done"],
  ["Warning", "warning"],
  ["Error", "error"],
]);

function fromVersion5(state: ResourceState, text: string, details: string | undefined): Found {
  const isFailed = state === "error" || state === "warning";
  if (!VERB.test(text)) {
    return { state, verb: isFailed ? STATE_VERBS[state] : text, reason: isFailed ? text : undefined };
  }
  // The details of a layer are its size.
  return { state, verb: text, reason: isFailed || text === "Skipped" ? details || undefined : undefined };
}

/** Up to 2.40 status and text are sometimes swapped: the verb is the one that is known, the other is its reason. */
function fromVersion2(text: string | undefined, status: string | undefined): Found {
  const [head = "Working", other] = text === undefined
    ? [status]
    : status !== undefined && stateOfVerb(text) === undefined && stateOfVerb(status) !== undefined
    ? [status, text]
    : [text, status];
  const found = spoken(head);
  return found.state === "error" || found.state === "warning"
    ? { ...found, reason: found.reason ?? other }
    : found;
}

const STATE_VERBS = { error: "Error", warning: "Warning" } as const;

/** Reads a text of Compose 2, which has no separate state. */
function spoken(text: string): Found {
  const [, skipped, reason] = /^(Skipped)(?::| -) (.+)$/s.exec(text) ?? [];
  // "Skipped: " comes with a warning, "Skipped - " with a step that is done.
  if (skipped !== undefined) {
    return { state: text.startsWith("Skipped:") ? "warning" : "done", verb: skipped, reason };
  }
  const isVerb = VERB.test(text);
  const state = stateOfVerb(text) ?? (isVerb ? "working" : "error");
  return isVerb || state === "working" || state === "done"
    ? { state, verb: text, reason: undefined }
    : { state, verb: STATE_VERBS[state], reason: text };
}

function progress(id: string, parent: string | undefined, found: Found): ResourceProgress {
  const resource = resourceOf(id, parent, found.verb);
  return { kind: "resource", id, resource, ...found, current: undefined, total: undefined };
}
