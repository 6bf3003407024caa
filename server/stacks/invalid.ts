/** How mistakes in the texts of a stack are told. */
import { AppError, type Issue } from "../errors.ts";

/** A refusal for what is wrong with the texts of a stack. */
export function invalid(issues: readonly Issue[]): AppError {
  const sentence = issues.map(({ path, line, column, message }) =>
    `${path}${
      line === undefined ? "" : `, line ${line}${column === undefined ? "" : `, column ${column}`}`
    }: ${message}`
  ).join("; ");
  return new AppError("invalid", `Cannot use this stack: ${sentence}`, { issues });
}
