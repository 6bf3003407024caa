/** Compose reads with another parser than we do: what the two read differently is refused, before anything is checked. */
import type { Issue } from "../../errors.ts";
import type { PathIssue } from "./issues.ts";

/** Patterns that are refused, with messages that name the alternative. */
const STRANGE: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/[\u0085\u2028\u2029]/, "found a line separator of Unicode: expected plain line breaks"],
  [/\r(?!\n)/, "found a carriage return without a line feed: expected plain line breaks"],
  [/(?<!^)\uFEFF/, "found a byte order mark within the text: expected it at the start only"],
  [/!!binary\b|!<|^\uFEFF?%/m, "DockStat does not support this tag or directive of YAML: write plain values"],
];
/** References of YAML, such as `*common`; more of them than this are there to be slow. */
const REFERENCE = /(?:^|[\s[,{:-])\*[^\s,\]}/]/gm;
const MOST_REFERENCES = 500;
/** Limit of the characters that merges copy: length of the text times references. */
const MAX_COPIED = 10_000_000;

/** Finds a part of a text that is not plain YAML; `undefined` when the whole text is plain. */
export function findUnsupportedYaml(text: string): Issue | undefined {
  for (const [pattern, message] of STRANGE) {
    const at = pattern.exec(text)?.index;
    if (at !== undefined) return { path: "compose", ...positionOf(text, at), message };
  }
  const references = text.match(REFERENCE)?.length ?? 0;
  if (text.includes("<<") && references * text.length > MAX_COPIED) {
    return {
      path: "compose",
      message: `found ${references} references in a long text: expected fewer, or less text`,
    };
  }
  if (references <= MOST_REFERENCES) return undefined;
  return { path: "compose", message: `found ${references} references: expected ${MOST_REFERENCES} at most` };
}

/**
 * Finds a value that is not plain: a merge that our parser kept as a key and Compose would follow, or bytes.
 *
 * @param value The parsed value, which may contain one object at many places, and itself.
 */
export function findUnsupportedValue(value: unknown): PathIssue | undefined {
  const open: (readonly [value: unknown, keys: PathIssue["keys"]])[] = [[value, []]];
  const seen = new Set<unknown>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [found, keys] = next;
    if (typeof found !== "object" || found === null || seen.has(found)) continue;
    seen.add(found);
    if (found instanceof Uint8Array) return { keys, message: "found bytes: expected a text" };
    for (const [key, child] of Object.entries(found)) {
      if (key === "<<") {
        return { keys: [...keys, key], message: 'found a merge in other words: expected "<<: *name"' };
      }
      open.push([child, [...keys, Array.isArray(found) ? Number(key) : key]]);
    }
  }
  return undefined;
}

function positionOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
