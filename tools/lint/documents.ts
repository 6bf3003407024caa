/** Pure: checks Markdown documents for phrases of `phrases.txt`. */
import { describe, findPhrases, type Phrase } from "./phrases.ts";

/** A fault of a file. */
export interface Fault {
  /** Path from the root. */
  readonly path: string;
  /** Line, from 1. */
  readonly line?: number;
  /** A sentence for the author. */
  readonly message: string;
}

const CODE = /^(?:```|~~~)[\s\S]*?^(?:```|~~~)|`[^`]*`/gm;

/** Blanks out code, and keeps all line ends. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(CODE, (code) => code.replaceAll(/[^\n]/g, "_"));
}

/** Finds the phrases in a document, also those that run over a line end. */
export function checkDocument(phrases: readonly Phrase[], path: string, markdown: string): Fault[] {
  const faults: Fault[] = [];
  let line = 1;
  for (const paragraph of withoutCode(markdown).split(/(?<=\n)(?=\s*\n|[-|] )/)) {
    const joined = paragraph.replaceAll("\n", " ");
    for (const found of findPhrases(phrases, path, joined)) {
      const before = paragraph.slice(0, found.offset);
      faults.push({ path, line: line + before.split("\n").length - 1, message: describe(found) });
    }
    line += paragraph.split("\n").length - 1;
  }
  return faults;
}

/** Reports whether a file has comments or texts, but is neither Markdown nor TypeScript. */
export function isText(path: string): boolean {
  return /(?:^|\/)(?:Dockerfile|dockstat|deno\.json)$|\.(?:ya?ml|html|sh)$|^\.ci\/run$/.test(path);
}

/** Finds the phrases in such a file; successive lines of a comment are joined. */
export function checkText(phrases: readonly Phrase[], path: string, text: string): Fault[] {
  return checkDocument(phrases, path, text.replaceAll(/^[ \t]*#*[ \t]*/gm, ""));
}
