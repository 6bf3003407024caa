/** Rules for the names of Compose projects. */
import { AppError } from "../errors.ts";

/** Longest quotation of a project name in a message, in characters. */
const LONGEST_NAME = 80;

/** Names that Compose uses unchanged; it converts capitals to lowercase, which would address another project. */
const PROJECT_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/**
 * Refuses a name that Compose cannot have given to a project, such as one in a label of a foreign container.
 *
 * @throws {AppError} "invalid".
 */
export function checkProjectName(name: string): void {
  if (PROJECT_NAME.test(name)) return;
  const found = JSON.stringify(name.slice(0, LONGEST_NAME));
  const expected = 'lowercase letters, digits, "_" and "-", beginning with a letter or digit';
  const message = `found ${found}: expected ${expected}`;
  throw new AppError("invalid", `Cannot use this project name: ${message}`, {
    issues: [{ path: "project", message }],
  });
}
