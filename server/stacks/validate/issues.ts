/** Issues in the texts of a stack, with their positions. */
import { AppError, type Issue } from "../../errors.ts";
import { locator, type Position } from "../../yaml.ts";

/** An issue in a compose file whose position is not known yet. */
export interface PathIssue {
  /** Keys from the root; none for an issue of the whole text, which is placed at its beginning. */
  readonly keys: readonly (string | number)[];
  /** Value found, and what would be right. */
  readonly message: string;
}

/** Place of an issue about a whole text. */
export const BEGINNING: Position = { line: 1, column: 1 };

/** Maximum number of reported issues. */
const MOST = 20;
/** Longest text that is searched for positions, in characters: it takes a second for 900,000. */
const LONGEST_SEARCHED = 200_000;

/** Adds lines and columns to issues, unless the text is too long to search. */
export async function locateIssues(compose: string, mistakes: readonly PathIssue[]): Promise<Issue[]> {
  if (mistakes.length === 0) return [];
  const find = compose.length > LONGEST_SEARCHED ? () => undefined : await locator(compose);
  return mistakes.slice(0, MOST).map(({ keys, message }) => ({
    path: ["compose", ...keys].join("."),
    ...find(keys) ?? (keys.length === 0 ? BEGINNING : {}),
    message,
  }));
}

/** Creates the error for invalid texts of a stack. */
export function invalidStack(issues: readonly Issue[]): AppError {
  const sentence = issues.map(({ path, line, column, message }) =>
    `${path}${
      line === undefined ? "" : `, line ${line}${column === undefined ? "" : `, column ${column}`}`
    }: ${message}`
  ).join("; ");
  return new AppError("invalid", `Cannot use this stack: ${sentence}`, { issues });
}

/** Creates the error for a text without services. */
export async function withoutServices(compose: string): Promise<AppError> {
  const issue = { keys: ["services"], message: "expected at least one service" };
  return invalidStack(await locateIssues(compose, [issue]));
}
