/** Search patterns of clients, matched in linear time whatever the pattern. */
import { AppError } from "../../errors.ts";
import { requiredText } from "./required_text.ts";

/** Tests a text. */
export type Pattern = (text: string) => boolean;

/** Longest pattern, characters. */
export const LONGEST_PATTERN = 256;
/** Largest compiled pattern, instructions. The time per character grows with them. */
const MOST_INSTRUCTIONS = 300;
/** Instructions times characters of one match, which bounds its time to about 20 ms. */
const MOST_STEPS = 400_000;
/** Longest text that a pattern is searched in, characters. */
const LONGEST_TEXT = 16_384;
const META = /[\\.+*?()[\]{}^$|]/;

/**
 * Compiles a pattern in RE2's syntax; a pattern without special characters is searched as it is.
 *
 * @param name Option that has the pattern, for the error.
 * @throws {AppError} "malformed" for invalid syntax, or for a pattern that is too large.
 */
export async function compilePattern(
  name: string,
  pattern: string,
  caseSensitive: boolean,
): Promise<Pattern> {
  if (!META.test(pattern)) {
    const wanted = caseSensitive ? pattern : pattern.toLowerCase();
    return (text) => (caseSensitive ? text : text.toLowerCase()).includes(wanted);
  }
  // Loaded on first use: it takes 5 MB.
  const { RE2JS } = await import("re2js");
  let compiled: InstanceType<typeof RE2JS>;
  try {
    compiled = RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    throw malformed(
      name,
      `${syntaxError(error, pattern)}: expected a regular expression in the syntax of RE2`,
    );
  }
  const size = compiled.programSize();
  if (size > MOST_INSTRUCTIONS) {
    throw malformed(
      name,
      `the pattern has ${size} steps: expected at most ${MOST_INSTRUCTIONS}; repeat less often`,
    );
  }
  const longest = Math.min(LONGEST_TEXT, Math.floor(MOST_STEPS / size));
  const isPossible = containing(requiredText(pattern), caseSensitive);
  return (text) => {
    const start = text.length > longest ? text.slice(0, longest) : text;
    return isPossible(start) && compiled.test(start);
  };
}

/** Returns the test for a text; its case is folded as RE2 does. */
function containing(wanted: string | undefined, caseSensitive: boolean): Pattern {
  if (wanted === undefined) return () => true;
  if (caseSensitive) return (text) => text.includes(wanted);
  const found = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "iu");
  return (text) => found.test(text);
}

/** Returns the reason, without the flag that RE2JS puts before the pattern when case is ignored. */
function syntaxError(error: unknown, pattern: string): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^error parsing regexp: /, "").replace(`(?i)${pattern}`, () => pattern);
}

function malformed(path: string, message: string): AppError {
  return new AppError("malformed", `Cannot read the query: option "${path}": ${message}`, {
    issues: [{ path, message }],
  });
}
