/** Finds the keys of a compose file that the Compose specification does not have. */
import { partsOf } from "../../compose/schema_walk.ts";
import { nearestName } from "../../suggestion.ts";
import { invalidStack, locateIssues, type PathIssue } from "./issues.ts";

/** Longest part of a key that a message repeats, in characters. */
const LONGEST = 80;

/** Keys that are admitted beside those of the specification; `undefined` admits all. */
export type AllowedKeys = ReadonlySet<string> | undefined;

/** An unknown key, and the keys of the specification at its place. */
interface UnknownKeyIssue extends PathIssue {
  readonly name: string;
  readonly known: readonly string[];
}

/** No key beside those of the specification. */
export const NO_KEYS: ReadonlySet<string> = new Set();

/**
 * Refuses keys that are neither in the specification nor extensions (`x-…`): DockStat cannot check what they do.
 *
 * @throws {AppError} "invalid", with line and column of each.
 */
export async function checkKeys(value: unknown, text: string, allowed: AllowedKeys): Promise<void> {
  const found = findUnknownKeys(value, allowed);
  if (found.length > 0) throw invalidStack(await locateIssues(text, found));
}

/**
 * Refuses unknown keys of a project as Compose reads it, as {@linkcode checkKeys} does for the text.
 *
 * @param config Output of `compose config`, which has a few keys in capitals, such as `Path` in `blkio_config`.
 * @throws {AppError} "invalid", with line and column of each as far as the text has its key.
 */
export async function checkResolvedKeys(config: unknown, text: string, allowed: AllowedKeys): Promise<void> {
  const found = findUnknownKeys(config, allowed).filter(({ name, known }) =>
    !known.includes(name.toLowerCase())
  );
  if (found.length > 0) throw invalidStack(await locateIssues(text, found));
}

/** Finds the keys that are neither in the specification nor extensions nor admitted. */
export function findUnknownKeys(value: unknown, allowed: AllowedKeys): UnknownKeyIssue[] {
  if (allowed === undefined) return [];
  return partsOf(value).unknown
    .map(({ keys, known }) => ({ keys, known, name: String(keys.at(-1)) }))
    .filter(({ name }) => !allowed.has(name))
    .map(({ keys, known, name }) => ({ keys, name, known, message: describeUnknownKey(name, known) }));
}

/**
 * Writes the message about an unknown key.
 *
 * @param known Keys of the specification at its place; `undefined` when only the installed Compose does not know it.
 */
export function describeUnknownKey(name: string, known?: readonly string[]): string {
  const nearest = nearestName(name, known ?? []);
  const advice = known === undefined
    ? "the installed version of Compose does not support it"
    : nearest === undefined
    ? 'expected a key of the Compose specification, "x-…", or one of stacks.allowKeys in dockstat.yaml'
    : `did you mean "${nearest}"?`;
  return `unknown key "${name.slice(0, LONGEST)}": ${advice}`;
}
