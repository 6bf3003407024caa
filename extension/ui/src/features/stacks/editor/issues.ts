/** Pure: the mistakes and warnings that the server tells, and where they stand in the texts. */
import { Refusal } from "../../../lib/transport/transport.ts";
import type { Issue } from "../model/stack_requests.ts";

/** Which text an issue is about; `form` for the name, the host, or the whole. */
export type IssuePlace = "compose" | "env" | "form";

/** An issue as the editor shows it. */
export interface EditorIssue extends Issue {
  readonly severity: "error" | "warning";
  readonly place: IssuePlace;
}

/** The mistakes that a refusal names. */
export function mistakesOf(error: unknown): readonly EditorIssue[] {
  const issues = error instanceof Refusal ? error.problem.errors ?? [] : [];
  return issues.map((issue) => ({ ...issue, severity: "error", place: placeOf(issue.path) }));
}

/** What will probably not do what was meant. */
export function warningsOf(issues: readonly Issue[]): readonly EditorIssue[] {
  return issues.map((issue) => ({ ...issue, severity: "warning", place: placeOf(issue.path) }));
}

function placeOf(path: string): IssuePlace {
  const [first] = path.split(/[.[]/);
  return first === "compose" || first === "env" ? first : "form";
}

/** Such as "Line 3, column 5"; `undefined` for an issue without a line. */
export function positionWords({ line, column }: Issue): string | undefined {
  if (line === undefined) return undefined;
  return column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`;
}

/** A text that knows its lines, such as CodeMirror's. */
export interface Lines {
  readonly lines: number;
  line(number: number): { readonly from: number; readonly to: number; readonly text: string };
}

/** From where to where an issue stands: from its column to the end of what is written there, at least one character. */
export function rangeOf(
  { line = 1, column = 1 }: Pick<Issue, "line" | "column">,
  text: Lines,
): { from: number; to: number } {
  const { from, to, text: written } = text.line(Math.min(Math.max(line, 1), text.lines));
  const indent = written.length - written.trimStart().length;
  const start = Math.min(Math.max(column - 1, indent), Math.max(written.trimEnd().length - 1, 0));
  return {
    from: from + start,
    to: Math.max(from + written.trimEnd().length, Math.min(from + start + 1, to)),
  };
}
