/** Turns Compose's error output into a refusal with the place in the text. */
import type { AppError } from "../../errors.ts";
import { parseComposeError } from "./compose_error.ts";
import type { UncheckedStack } from "./unchecked_stack.ts";
import { redactEnvValues } from "../../compose/env_values.ts";
import { BEGINNING, invalidStack, locateIssues } from "./issues.ts";

/** Longest error output of Compose that is repeated, in characters. */
const LONGEST_OUTPUT = 16 * 1024;

/** A refusal with Compose's message, at the line that the message is about. */
export async function refusal(output: string, { compose, env, project }: UncheckedStack): Promise<AppError> {
  const folder = project.files?.folder ?? "";
  const message = redactEnvValues(env)(output.slice(0, LONGEST_OUTPUT)).replaceAll(`${folder}/`, "").replace(
    /^(validating|failed to parse) compose\.yaml: /,
    "",
  );
  const other = otherFileIn(message);
  if (other !== undefined) {
    // The message may quote that file, which may be any file of this machine.
    const words = `it refers to "${other}", which Compose cannot use`;
    return invalidStack([{ path: "compose", ...BEGINNING, message: words }]);
  }
  const missing = /\b(env|label) file .* not found/.test(message);
  const path = !missing && /\.env\b|env file/.test(message) ? "env" : "compose";
  const line = Number(/\bline (\d+)/.exec(message)?.[1]);
  if (line > 0) return invalidStack([{ path, line, column: 1, message }]);
  if (path === "env") return invalidStack([{ path, ...BEGINNING, message }]);
  return invalidStack(await locateIssues(compose, await parseComposeError(message, compose)));
}

/** The file that Compose complains about, unless it is one of the stack's own two. */
function otherFileIn(message: string): string | undefined {
  const file = /(?:validating|parse|parsing|read|reading|load|loading)\s+"?([^\s":]*[/.][^\s":]*)"?:/.exec(
    message,
  )?.[1];
  return file === undefined || /^(\.\/)?(compose\.yaml|\.env)$/.test(file) ? undefined : file.slice(0, 80);
}
