/** Pure: the errors and warnings of the server, and their positions in the files. */
import { Refusal } from "../../../lib/transport/transport.ts";
import type { Issue } from "../model/stack_requests.ts";

/** Part of the form that an issue is about; `form` for the name, the host, or the whole. */
export type IssuePlace = "compose" | "env" | "form";

/** Issue as the editor shows it. */
export interface EditorIssue extends Issue {
  readonly severity: "error" | "warning";
  readonly place: IssuePlace;
}

/** Returns the errors that a refusal lists. */
export function errorsOf(error: unknown): readonly EditorIssue[] {
  const issues = error instanceof Refusal ? error.problem.errors ?? [] : [];
  return issues.map((issue) => ({ ...issue, severity: "error", place: placeOf(issue.path) }));
}

/** Returns the warnings of a valid draft. */
export function warningsOf(issues: readonly Issue[]): readonly EditorIssue[] {
  return issues.map((issue) => ({ ...issue, severity: "warning", place: placeOf(issue.path) }));
}

function placeOf(path: string): IssuePlace {
  const [first] = path.split(/[.[]/);
  return first === "compose" || first === "env" ? first : "form";
}

/** Text with access to its lines, such as CodeMirror's. */
export interface Lines {
  readonly lines: number;
  line(number: number): { readonly from: number; readonly to: number; readonly text: string };
}

/** Returns the range of an issue: from its column to the end of the line's content, at least one character. */
export function rangeOf(
  { line = 1, column = 1 }: Pick<Issue, "line" | "column">,
  text: Lines,
): { from: number; to: number } {
  const { from, to, text: content } = text.line(Math.min(Math.max(line, 1), text.lines));
  const indent = content.length - content.trimStart().length;
  const start = Math.min(Math.max(column - 1, indent), Math.max(content.trimEnd().length - 1, 0));
  return {
    from: from + start,
    to: Math.max(from + content.trimEnd().length, Math.min(from + start + 1, to)),
  };
}
