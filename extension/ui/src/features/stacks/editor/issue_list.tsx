import { Link, List, ListItem, Typography } from "@mui/material";
import { ISSUE_LABELS, positionLabel } from "../model/labels_editor.ts";
import type { EditorIssue } from "./issues.ts";
import { ToneMark } from "../parts/tone_mark.tsx";

/** Props of {@linkcode IssueList}. */
export interface IssueListProps {
  readonly label: string;
  readonly issues: readonly EditorIssue[];
  /** Called when the position of an issue is clicked. */
  readonly onOpen?: (issue: EditorIssue) => void;
}

/** List of errors and warnings, each with its position in the text. */
export function IssueList({ label, issues, onOpen }: IssueListProps) {
  if (issues.length === 0) return null;
  return (
    <List dense disablePadding aria-label={label}>
      {issues.map((issue, index) => (
        <ListItem
          key={index}
          disableGutters
          sx={{ gap: 1, alignItems: "flex-start", py: 0.25, typography: "body2" }}
        >
          <ToneMark
            word={ISSUE_LABELS[issue.severity]}
            tone={issue.severity === "error" ? "bad" : "doubtful"}
          />
          {issue.line !== undefined && (
            <Link
              component="button"
              type="button"
              variant="body2"
              onClick={() => onOpen?.(issue)}
              sx={{ flexShrink: 0 }}
            >
              {positionLabel(issue)}
            </Link>
          )}
          <Typography variant="body2" sx={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
            {issue.message}
          </Typography>
        </ListItem>
      ))}
    </List>
  );
}
