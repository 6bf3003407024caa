/** Pure: the variables of a compose file and of its environment. */
import type { EditorIssue } from "../issues.ts";
import { LANGUAGE_LABELS } from "../../model/plan/labels_language.ts";

/** Largest number of marks. */
const MOST = 50;

/** Returns the names that an environment text sets. */
export function variableNames(env: string): readonly string[] {
  return [
    ...new Set([...env.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?==|$)/gm)].map(([, name]) => name!)),
  ];
}

/** Finds variables without a value and without a default; Compose replaces them by an empty text. */
export function findUnset(compose: string, env: string): readonly EditorIssue[] {
  const known = new Set(variableNames(env));
  const issues: EditorIssue[] = [];
  for (const [index, line] of compose.split("\n").entries()) {
    const content = line.replace(/(^|\s)#.*$/, "$1");
    for (const match of content.matchAll(/(?<!\$)(?:\$\$)*\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)) {
      const name = match[1] ?? match[2]!;
      if (known.has(name) || issues.length >= MOST) continue;
      issues.push({
        ...{
          path: "compose",
          line: index + 1,
          column: match.index + 1,
          severity: "warning",
          place: "compose",
        },
        message: LANGUAGE_LABELS.unset(name),
      });
    }
  }
  return issues;
}
