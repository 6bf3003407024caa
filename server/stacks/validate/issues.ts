/** How mistakes in the texts of a stack are told. */
import { AppError, type Issue } from "../../errors.ts";
import { locator } from "../../yaml.ts";

/** Something that is wrong with a compose file. */
export interface PathIssue {
  /** Where: the keys from the root; none when that is not known. */
  readonly keys: readonly (string | number)[];
  /** What, and what would be right. */
  readonly message: string;
}

/** Of more mistakes no more are told. */
const MOST = 20;

/** Mistakes with their lines and columns. */
export async function locateIssues(compose: string, mistakes: readonly PathIssue[]): Promise<Issue[]> {
  if (mistakes.length === 0) return [];
  const find = await locator(compose);
  return mistakes.slice(0, MOST).map(({ keys, message }) => ({
    path: ["compose", ...keys].join("."),
    ...keys.length === 0 ? {} : find(keys),
    message,
  }));
}

/** A refusal for what is wrong with the texts of a stack. */
export function invalidStack(issues: readonly Issue[]): AppError {
  const sentence = issues.map(({ path, line, column, message }) =>
    `${path}${
      line === undefined ? "" : `, line ${line}${column === undefined ? "" : `, column ${column}`}`
    }: ${message}`
  ).join("; ");
  return new AppError("invalid", `Cannot use this stack: ${sentence}`, { issues });
}
