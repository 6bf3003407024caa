/** Pure: the place of the cursor in a compose file that may be incomplete, by the indentation of its lines. */
import type { Path } from "./spec.ts";

/** Place and text at the cursor. */
export interface Cursor {
  /** Mapping or value that the cursor is in. */
  readonly path: Path;
  /** `key` where a key or the entry of a list is typed, `value` after a colon. */
  readonly at: "key" | "value";
  /** True in the entry of a list. */
  readonly isItem: boolean;
  /** Text before the cursor that a completion replaces. */
  readonly typed: string;
}

const KEY = /^(\s*)((?:-\s+)*)(?:"([^"]+)"|'([^']+)'|([^\s:#"'][^:#]*)):(?:\s+(.*))?$/;
const OTHER = /^(\s*)((?:-\s+)*)(.*)$/;

/** Returns the place of a cursor; `undefined` in a comment. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const before = text.slice(0, offset).split("\n");
  const line = before.pop()!;
  if (/(^|\s)#/.test(line)) return undefined;
  const { indent, isItem, key, isKey, rest } = partsOf(line);
  const column = columnOf(line);
  const parents = parentsOf(
    before,
    isItem ? { key: column + 1, dash: column } : { key: indent, dash: indent },
  );
  const path = isItem ? [...parents, 0] : parents;
  if (isKey && key !== undefined) {
    return { path: [...path, key], at: "value", isItem, typed: rest.trimStart() };
  }
  return { path, at: "key", isItem, typed: key ?? "" };
}

/** Columns that a line must begin before to contain the lines below it. */
interface Limit {
  readonly key: number;
  /** Column of the dash of an entry. */
  readonly dash: number;
}

/** Returns the keys above a line, from the root; entries of lists count by an index. */
function parentsOf(lines: readonly string[], start: Limit): Path {
  const path: (string | number)[] = [];
  let limit = start;
  for (const line of lines.toReversed()) {
    if (limit.key === 0) break;
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const { indent, isItem, isKey, key } = partsOf(line);
    const column = columnOf(line);
    if (isItem && column < limit.dash) {
      path.unshift(0, ...isKey && key !== undefined && indent < limit.key ? [key] : []);
      limit = { key: column + 1, dash: column };
    } else if (!isItem && isKey && key !== undefined && indent < limit.key) {
      path.unshift(key);
      limit = { key: indent, dash: indent };
    }
  }
  return path;
}

/** Column of the first character that is not a space. */
function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}

function partsOf(line: string) {
  const [, space = "", dashes = "", double, single, plain, value = ""] = KEY.exec(line) ?? [];
  const key = double ?? single ?? plain?.trimEnd();
  if (key !== undefined) {
    return { indent: space.length + dashes.length, isItem: dashes !== "", isKey: true, key, rest: value };
  }
  const [, margin = "", marks = "", text = ""] = OTHER.exec(line) ?? [];
  return { indent: margin.length + marks.length, isItem: marks !== "", isKey: false, key: text, rest: "" };
}

/** Returns the path of the key at an offset, with the range of the key; `undefined` outside of keys. */
export function pathAt(
  text: string,
  offset: number,
): { readonly path: Path; readonly from: number; readonly to: number } | undefined {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(from, end < 0 ? undefined : end);
  const { indent, isKey, key = "" } = partsOf(line);
  const [start, stop] = [from + indent, from + indent + key.length];
  if (!isKey || offset < start || offset > stop) return undefined;
  const cursor = cursorAt(text, from + line.indexOf(":", indent) + 1);
  return cursor && { path: cursor.path, from: start, to: stop };
}
