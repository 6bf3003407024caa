/** Pure: checks a compose file in the page, beside the check of the server. */
import type { EditorIssue } from "../issues.ts";
import { findMistakes } from "./mistakes.ts";
import { findUnset } from "./variables.ts";

export { formatCompose } from "./format.ts";

/** Finds mistakes, and variables without a value. */
export function checkTexts(compose: string, env: string): readonly EditorIssue[] {
  return [...findMistakes(compose), ...findUnset(compose, env)];
}
