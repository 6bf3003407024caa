/** Compose reads with another parser than we do: what the two read differently is refused, before anything is checked. */
import type { Issue } from "../errors.ts";

/** What is refused, and what would be right. */
const STRANGE: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/[\u0085\u2028\u2029]/, "found a line separator of Unicode: expected plain line breaks"],
  [/!!binary\b|!<|^%/m, "found a tag or a directive of YAML: expected plain values"],
];
/** References of YAML, such as `*common`; more of them than this are there to be slow. */
const REFERENCE = /(?:^|[\s[,{:-])\*[A-Za-z_]/gm;
const MOST_REFERENCES = 500;

/** What of a text is not plain YAML; `undefined` when all is. */
export function strangeYaml(text: string): Issue | undefined {
  for (const [pattern, message] of STRANGE) {
    const at = pattern.exec(text)?.index;
    if (at !== undefined) return { path: "compose", ...positionOf(text, at), message };
  }
  const references = text.match(REFERENCE)?.length ?? 0;
  if (references <= MOST_REFERENCES) return undefined;
  return { path: "compose", message: `found ${references} references: expected ${MOST_REFERENCES} at most` };
}

function positionOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
