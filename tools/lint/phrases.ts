/** Phrases of the house dialect, and what to write instead. */

/** One forbidden phrase. */
export interface Phrase {
  /** Matches the phrase, in any case unless it says otherwise. */
  readonly pattern: RegExp;
  /** Suggestion for the author. */
  readonly instead: string;
  /** Paths from the root, of files or of folders ("a/"), that may use it. */
  readonly exceptions: readonly string[];
}

/** A phrase found in a text. */
export interface FoundPhrase {
  readonly phrase: Phrase;
  /** Words as they were found. */
  readonly text: string;
  /** Offset in the searched text. */
  readonly offset: number;
}

/**
 * Parses `phrases.txt`: `expression => suggestion` per line, then lines `except path: reason`.
 *
 * @throws {SyntaxError} for any other line, and for an exception without a reason.
 */
export function parsePhrases(text: string): Phrase[] {
  const phrases: (Phrase & { exceptions: string[] })[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, path] = /^ {2}except (\S+): \S/.exec(line) ?? [];
    const [, pattern, instead] = /^(\S.*?) => (\S.*)$/.exec(line) ?? [];
    if (path !== undefined && phrases.length > 0) phrases.at(-1)!.exceptions.push(path);
    else if (pattern !== undefined && instead !== undefined) {
      phrases.push({ pattern: new RegExp(pattern, "gi"), instead, exceptions: [] });
    } else throw new SyntaxError(`Cannot read line ${index + 1} of the phrases: "${line}"`);
  }
  return phrases;
}

/** Finds all phrases in a text of the file at `path`. */
export function findPhrases(phrases: readonly Phrase[], path: string, text: string): FoundPhrase[] {
  return phrases
    .filter(({ exceptions }) =>
      !exceptions.some((exception) =>
        exception.endsWith("/") ? path.startsWith(exception) : path === exception
      )
    )
    .flatMap((phrase) =>
      [...text.matchAll(phrase.pattern)].map(({ 0: found, index }) => ({
        phrase,
        text: found,
        offset: index,
      }))
    );
}

/** Describes a found phrase for the author. */
export function describe({ phrase, text }: FoundPhrase): string {
  return `Avoid "${text.trim()}": ${phrase.instead}`;
}
