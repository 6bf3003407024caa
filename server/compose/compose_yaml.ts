/** Parses compose files. */
import { AppError, type Issue } from "../errors.ts";
import { parseYaml } from "../yaml.ts";
import { withoutKeyAnchors } from "./key_anchors.ts";
import type { Token } from "./yaml_lexer.ts";

/** Escapes in quotes that a search of the text does not see through, as in `"env\x5ffile"`. */
const HIDING = /\\(?:[xuU/]|\r?\n)/;
/** Longest quotation of the text in a message, in characters. */
const LONGEST_QUOTE = 40;

/**
 * Parses a compose file; an empty text is `null`.
 *
 * @throws {AppError} "invalid", with line and column, when the text is not valid YAML or DockStat does not support it.
 */
export async function parseCompose(text: string): Promise<unknown> {
  const plain = await withoutKeyAnchors(text);
  try {
    return parseYaml(plain.text, "compose");
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const issues = plain.left === undefined ? cause.issues.map(unread) : [unsupported(plain.left, text)];
    throw new AppError("invalid", `Cannot read compose: ${issues[0]?.message}`, { issues, cause });
  }
}

/** Reports whether a compose text may name single files; the parser with positions takes a second for a long one. */
export function mayNameFiles(compose: string): boolean {
  return mayHave(compose, /\b(?:env_file|label_file|file)\b/);
}

/** Reports whether a parsed compose text may have a word, as the text or behind an escape in quotes. */
export function mayHave(compose: string, word: RegExp): boolean {
  return word.test(compose) || HIDING.test(compose);
}

/** Changes the message of an issue: Compose may accept what our parser does not. */
function unread(issue: Issue): Issue {
  return { ...issue, message: issue.message.replace(/^not YAML: /, "DockStat cannot read this YAML: ") };
}

function unsupported({ type, source, offset }: Token, text: string): Issue {
  const before = text.slice(0, offset).split("\n");
  const quoted = JSON.stringify(source.slice(0, LONGEST_QUOTE));
  return {
    path: "compose",
    line: before.length,
    column: before.at(-1)!.length + 1,
    message: `DockStat does not support the ${type} ${quoted} before this key: write the key without it`,
  };
}
