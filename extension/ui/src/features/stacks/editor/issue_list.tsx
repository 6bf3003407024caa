import { Link, List, ListItem, Typography } from "@mui/material";
import { type EditorIssue, positionWords } from "./issues.ts";
import { ToneMark } from "../parts/tone_mark.tsx";

/** Props of {@linkcode IssueList}. */
export interface IssueListProps {
  readonly label: string;
  readonly issues: readonly EditorIssue[];
  /** Goes to where an issue stands; without it the places are told only. */
  readonly onOpen?: (issue: EditorIssue) => void;
}

/** Mistakes and warnings, each with its place in the text. */
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
            word={issue.severity === "error" ? "Error" : "Warning"}
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
              {positionWords(issue)}
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
