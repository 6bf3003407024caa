/** Fields of structured log lines: JSON objects and logfmt. */

/** A field of a line. Nested fields have dotted names, such as "order.id". */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Part of a logfmt line: a field, or text between fields. */
export interface LogfmtPart {
  /** Name of the field; `undefined` for text. */
  readonly name?: string;
  /** The value as written, with its quotes; or the text. */
  readonly raw: string;
}

/** Longest line that is parsed, characters. */
const LONGEST = 64_000;
/** Largest number of fields of a line, and of levels of nesting. */
const MOST_FIELDS = 200;
const DEEPEST = 4;

/** Returns the JSON object that a line consists of; `undefined` for any other line. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const start = text.trimStart();
  if (start[0] !== "{" || text.length > LONGEST || !text.trimEnd().endsWith("}")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not every text in braces is JSON.
    return undefined;
  }
}

/** Returns the fields of a JSON object, nested ones with dotted names. */
export function jsonFields(value: Readonly<Record<string, unknown>>): readonly Field[] {
  const fields: Field[] = [];
  const add = (prefix: string, object: object, depth: number): void => {
    for (const [key, inner] of Object.entries(object)) {
      if (fields.length >= MOST_FIELDS) return;
      const name = prefix === "" ? key : `${prefix}.${key}`;
      const isObject = typeof inner === "object" && inner !== null && !Array.isArray(inner);
      if (isObject && depth < DEEPEST && Object.keys(inner).length > 0) add(name, inner, depth + 1);
      else fields.push({ name, value: typeof inner === "string" ? inner : JSON.stringify(inner) });
    }
  };
  add("", value, 1);
  return fields;
}

const PAIR = /(?<![^\s])([A-Za-z_@][\w.@/-]{0,80})=("(?:[^"\\]|\\.){0,8000}"|[^\s"]{0,8000})(?=\s|$)/g;

/** Splits a line into its fields and the text between them; `undefined` for a line without `key=value`. */
export function logfmtParts(text: string): readonly LogfmtPart[] | undefined {
  if (!text.includes("=") || text.length > LONGEST) return undefined;
  const parts: LogfmtPart[] = [];
  let end = 0;
  for (const { 0: pair, 1: name, 2: raw, index } of text.matchAll(PAIR)) {
    if (index > end) parts.push({ raw: text.slice(end, index) });
    parts.push({ name: name!, raw: raw! });
    end = index + pair.length;
    if (parts.length > 2 * MOST_FIELDS) break;
  }
  if (end === 0) return undefined;
  return end < text.length ? [...parts, { raw: text.slice(end) }] : parts;
}

/** Returns the value of a logfmt field without its quotes. */
export function unquoted(raw: string): string {
  if (raw[0] !== '"') return raw;
  try {
    return String(JSON.parse(raw));
  } catch {
    // Escapes that JSON does not know are shown as written.
    return raw.slice(1, -1);
  }
}

/** Returns the fields of a structured line; `undefined` for a line with fewer than two. */
export function fieldsOf(text: string): readonly Field[] | undefined {
  const json = jsonOf(text);
  if (json !== undefined) return jsonFields(json);
  const fields = logfmtParts(text)?.flatMap(({ name, raw }) =>
    name === undefined ? [] : [{ name, value: unquoted(raw) }]
  );
  return fields !== undefined && fields.length > 1 ? fields : undefined;
}
