/**
 * Restricts compose files to the part of YAML that every parser reads alike.
 *
 * `@std/yaml` decides what is checked, go-yaml (inside Compose) decides what is done. They disagree about explicit
 * keys, some tags, the names of anchors, and indicators within flow collections, so none of these is allowed.
 */
import { tokensOf, type TokenType } from "../../compose/yaml_lexer.ts";
import type { Issue } from "../../errors.ts";

/** Tags of scalars: they change neither structure nor keys. `@std/yaml` knows none of Compose's own tags. */
const TAGS: ReadonlySet<string> = new Set(["!!str", "!!int", "!!float", "!!bool", "!!null"]);
/** Longest quotation of the text in a message, in characters. */
const LONGEST_QUOTE = 40;
/** State of the check between two tokens. */
interface State {
  /** Number of open flow collections. */
  depth: number;
  /** Set between the header of a block scalar and its text. */
  inBlockScalar: boolean;
  /** Set once the document has content. */
  hasContent: boolean;
  /** Column of the current dash. */
  column: number;
  /** Column of the dash of an item that is empty until now, or 0. */
  emptyItem: number;
  /** Set after the dash of a list, until its line or item ends. */
  isInItem: boolean;
  /** Set after a tag, until its value. */
  hasTag: boolean;
  /** Set after a quoted scalar or a closed collection: a value may follow its colon directly. */
  isJsonKey: boolean;
}

/**
 * Finds the first construct of a text that parsers read differently.
 *
 * Pauses between slices of the text, so that other requests are answered meanwhile.
 */
export async function findAmbiguousYaml(text: string): Promise<Issue | undefined> {
  const state: State = {
    depth: 0,
    inBlockScalar: false,
    hasContent: false,
    column: 0,
    emptyItem: 0,
    isInItem: false,
    hasTag: false,
    isJsonKey: false,
  };
  for await (const { type, source, offset } of tokensOf(text)) {
    if (type === "seq-item-ind") state.column = offset - text.lastIndexOf("\n", offset);
    const next = text[offset + source.length];
    const isIndentation = type === "space" && text[offset - 1] === "\n" && state.depth === 0;
    const message = type === "scalar"
      ? checkPlain(source, state)
      : checkToken(type, source, next, state) ?? (isIndentation ? checkIndentation(source, next) : undefined);
    if (message !== undefined) return { path: "compose", ...positionAt(text, offset), message };
  }
  return undefined;
}

function checkPlain(source: string, state: State): string | undefined {
  const { inBlockScalar, depth } = state;
  Object.assign(state, {
    inBlockScalar: false,
    hasContent: true,
    emptyItem: 0,
    isInItem: false,
    hasTag: false,
    isJsonKey: false,
  });
  if (inBlockScalar) return undefined;
  const quoted = quote(source);
  if (source.startsWith("?")) return `found ${quoted}: expected a key without "?", or the value in quotes`;
  if (depth > 0 && source.includes("?")) return `found ${quoted} within brackets: expected it in quotes`;
  if (depth > 0 && /^:|:$/.test(source)) return `found ${quoted} within brackets: expected it in quotes`;
  return undefined;
}

function checkQuoted(source: string): string | undefined {
  // The lexer ends the text at a line that is not indented, the parsers continue.
  if (!isClosed(source)) return "found quotes that are not closed, or a line in quotes that is not indented";
  if (hasTabAtLineEnd(source)) return "found a tab at the end of a line within quotes: expected none";
  // `@std/yaml` drops the empty line, Compose keeps it.
  if (!/\\\r?\n[ \t]*\r?\n/.test(source)) return undefined;
  return 'found an empty line after "\\" within quotes: expected "\\n" or no empty line';
}

/** Without a regular expression, which would read a long run of tabs once for each of them. */
function hasTabAtLineEnd(source: string): boolean {
  return source.split("\n").slice(0, -1).some((line) => {
    let end = line.endsWith("\r") ? line.length - 1 : line.length;
    while (line[end - 1] === " ") end--;
    return line[end - 1] === "\t";
  });
}

function isClosed(source: string): boolean {
  if (source.startsWith("'")) return source.endsWith("'") && source.split("'").length % 2 === 1;
  let escapes = 0;
  while (source.at(-2 - escapes) === "\\") escapes++;
  return source.length > 1 && source.endsWith('"') && escapes % 2 === 0;
}

function checkToken(
  type: TokenType,
  source: string,
  next: string | undefined,
  state: State,
): string | undefined {
  const { hasContent, emptyItem, isInItem, isJsonKey, hasTag, depth } = state;
  advance(type, state);
  switch (type) {
    case "explicit-key-ind":
      return 'DockStat does not support explicit keys ("?"): write "key: value"';
    case "tag":
      return TAGS.has(source)
        ? undefined
        : `DockStat does not support the tag ${quote(source)}: write the value without a tag`;
    case "anchor":
    case "alias":
      return /^[&*][A-Za-z0-9_-]+$/.test(source)
        ? undefined
        : `found the reference ${quote(source)}: expected a name of letters, digits, "_" and "-"`;
    case "map-value-ind":
      // go-yaml takes `{a:}` and `{a:,` for a key that ends with a colon.
      return depth === 0 || isJsonKey || next === undefined || /\s/.test(next)
        ? undefined
        : 'found ":" without a space within brackets: expected "key: value"';
    case "seq-item-ind":
      // `@std/yaml` adds the next item of the outer list to the inner list when the last one of that is empty.
      if (isInItem) return 'found a list that begins on the line of another list: expected "- [a, b]"';
      return state.column < emptyItem ? 'found an empty item before this one: expected "- null"' : undefined;
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      return checkQuoted(source);
    case "directive-line":
      return "DockStat does not support directives: write plain values";
    case "doc-start":
      return hasContent ? "DockStat does not support several documents: write one" : undefined;
    case "doc-end":
      return 'DockStat does not support the document end "...": write one document without an end mark';
    case "newline":
      // `@std/yaml` ignores the tag of a value on another line.
      return hasTag ? "found a tag on another line than its value: expected both on one line" : undefined;
    case "flow-error-end":
      // The lexer ends the brackets at a line that is not indented, the parsers continue.
      return "found brackets that are not closed, or a line in brackets that is not indented";
    case null:
      return `DockStat cannot read this YAML: unexpected ${quote(source)}`;
    default:
      return undefined;
  }
}

/** `@std/yaml` takes a tab for the start of a line, Compose refuses it. */
function checkIndentation(source: string, next: string | undefined): string | undefined {
  if (!source.startsWith("\t") || next === undefined || /[\r\n#]/.test(next)) return undefined;
  return "found a tab in the indentation: expected spaces";
}

function advance(type: TokenType, state: State): void {
  if (type === "newline") state.isInItem = false;
  if (type === "tag") state.hasTag = true;
  else if (type !== "space" && type !== "comment" && type !== "anchor") state.hasTag = false;
  if (type === "space" || type === "newline" || type === "comment" || type === "byte-order-mark") return;
  state.isInItem = type === "seq-item-ind";
  state.emptyItem = state.isInItem ? state.column : 0;
  if (type === "block-scalar-header") state.inBlockScalar = true;
  if (type === "flow-map-start" || type === "flow-seq-start") state.depth++;
  if (type === "flow-map-end" || type === "flow-seq-end") state.depth = Math.max(0, state.depth - 1);
  state.isJsonKey = type === "flow-map-end" || type === "flow-seq-end" ||
    type === "single-quoted-scalar" || type === "double-quoted-scalar";
  state.hasContent = true;
}

function quote(source: string): string {
  const [line = ""] = source.split("\n", 1);
  return JSON.stringify(line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line);
}

/** Returns the line and column of a character. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
