/** Pure: a line that Compose writes → what it says. Compose has had three forms, and mixes plain text into each. */
import { countOf, fieldsOf, textOf } from "../untrusted_json.ts";

/** How a resource is doing. */
export type ResourceState = "working" | "done" | "warning" | "error";

/** A resource is now so: the newest of each resource is all that a late joiner needs. */
export interface ResourceProgress {
  readonly kind: "resource";
  /** Compose's id, such as "Network web_default" or "Container web-a-1"; a service's name while it is pulled. */
  readonly id: string;
  /** The resource that it is a part of, such as the service whose image has this layer. */
  readonly parent: string | undefined;
  readonly state: ResourceState;
  /** Compose's word, such as "Creating"; for an error its words. */
  readonly word: string;
  /** Bytes done and bytes in all, where Compose tells them. */
  readonly current: number | undefined;
  readonly total: number | undefined;
}

/** What a line of Compose says. */
export type ProgressLine =
  | ResourceProgress
  /** Why it failed, in its own words. */
  | { readonly kind: "failure"; readonly message: string }
  /** Anything else, such as a warning of a plugin. */
  | { readonly kind: "note"; readonly message: string };

/** Words that end a step; every other "-ing" or unknown word is work under way. */
const DONE =
  /^(created|started|running|stopped|removed|killed|restarted|recreated|recreate|healthy|exited|pulled|built|pushed|done|pull complete|already exists|download complete|skipped\b.*|image is up to date.*|exists)$/i;
const ERROR = /^(error|interrupted)\b/i;
const WARNING = /^(warning|resource is still in use.*|no resource found.*)/i;
/** "Network web_default  Creating": two spaces between the name and the word. */
const PLAIN = /^ ?((?:Network|Volume|Container|Image|Secret|Config|Service) \S+|[a-z0-9][\w.-]*) {2,}(\S.*)$/;

/** " web Pulling": one space, and one before the name. */
const PULLED = /^ ([a-z0-9][\w.-]*) ([A-Z]\S.*)$/;
/** A layer of an image; in plain text it does not say of which. */
const LAYER = /^[0-9a-f]{12}$/;

/** What a line says; `undefined` for an empty one. */
export function parseProgressLine(line: string): ProgressLine | undefined {
  const text = line.trimEnd();
  if (text.trim() === "") return undefined;
  const fields = text.trimStart().startsWith("{") ? parseObject(text) : undefined;
  if (fields !== undefined) return fromJson(fields, text);
  const plain = PLAIN.exec(text) ?? PULLED.exec(text);
  if (plain !== null) {
    const [, id = "", word = ""] = plain;
    return LAYER.test(id)
      ? { ...resource(id, word.replace(/ *\[.*$/, ""), "image"), ...sizesOf(word) }
      : resource(id, word.trim(), undefined);
  }
  return { kind: "note", message: text.trim() };
}

/** "[==>  ]  229.4kB/21.08MB" */
function sizesOf(word: string): Partial<Pick<ResourceProgress, "current" | "total">> {
  const [, current, unit, total, units] = /([\d.]+)([kMGT]?)B\/([\d.]+)([kMGT]?)B$/.exec(word) ?? [];
  if (current === undefined) return {};
  const bytes = (number = "", unit = "") => Number(number) * 1000 ** " kMGT".indexOf(unit || " ");
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

function fromJson(fields: Readonly<Record<string, unknown>>, text: string): ProgressLine {
  const message = textOf(fields["message"]);
  if (fields["error"] === true) return { kind: "failure", message: message ?? "Compose does not say why" };
  const id = textOf(fields["id"]);
  if (id === undefined) return { kind: "note", message: message ?? textOf(fields["msg"]) ?? text.trim() };
  const status = textOf(fields["status"]);
  const words = textOf(fields["text"]);
  const fifth = STATES[status ?? ""];
  const parent = textOf(fields["parent_id"]);
  const found = fifth === undefined
    ? older(id, words, status, parent)
    : { ...resource(id, words || status!, parent), state: fifth };
  const detail = textOf(fields["details"]);
  return {
    ...found,
    ...found.state === "error" && detail ? { word: detail } : {},
    current: countOf(fields["current"]),
    total: countOf(fields["total"]),
  };
}

/** The states of Compose 5. */
const STATES: Readonly<Record<string, ResourceState>> = {
  Working: "working",
  Done: "done",
  Warning: "warning",
  Error: "error",
};

/** Up to 2.40 status and text are sometimes swapped: the word is the one that is there, an error's words the other. */
function older(id: string, text: string | undefined, status: string | undefined, parent: string | undefined) {
  if (text !== undefined && ERROR.test(text)) {
    return { ...resource(id, status || text, parent), state: "error" as const };
  }
  if (text && status && /^\S+( complete)?$/.test(text)) return resource(id, text, parent);
  return resource(id, status || text || "Working", parent);
}

function resource(id: string, word: string, parent: string | undefined): ResourceProgress {
  const state = ERROR.test(word)
    ? "error"
    : WARNING.test(word)
    ? "warning"
    : DONE.test(word)
    ? "done"
    : "working";
  return { kind: "resource", id, parent, state, word, current: undefined, total: undefined };
}

/** The sentence for people: "Creating network web_default". */
export function sentence({ id, word, state }: ResourceProgress): string {
  const [kind, ...name] = id.split(" ");
  const what = name.length > 0 && KINDS.has(kind!) ? `${kind!.toLowerCase()} ${name.join(" ")}` : id;
  return state === "error" || !/^[A-Z][a-z]+$/.test(word) ? `${what}: ${word}` : `${word} ${what}`;
}

const KINDS = new Set(["Network", "Volume", "Container", "Image", "Secret", "Config", "Service"]);
