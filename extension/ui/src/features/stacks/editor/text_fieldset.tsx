import { Alert, Box, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { lazy, Suspense, useCallback, useId, useRef } from "react";
import { EDITOR_LABELS, ISSUE_LABELS } from "../model/labels_editor.ts";
import { IssueList } from "./issue_list.tsx";
import type { EditorIssue } from "./issues.ts";
import { lineEndOf } from "./line_ends.ts";
import type { EditorHandle, TextEditorProps } from "./text_editor.tsx";

const TextEditor = lazy(() => import("./text_editor.tsx").catch(() => ({ default: NotLoaded })));

/** Props of {@linkcode TextFieldset}. */
export interface TextFieldsetProps
  extends Pick<TextEditorProps, "language" | "placeholder" | "readOnly" | "onChange"> {
  readonly label: string;
  readonly hint: string;
  /** Current text. */
  readonly text: string;
  readonly issues: readonly EditorIssue[];
  /** CSS. */
  readonly height: string;
}

/** Editor of one file with its label, a hint, and the issues of the file. */
export function TextFieldset({ label, hint, text, issues, height, ...editor }: TextFieldsetProps) {
  const id = useId();
  const handle = useRef<EditorHandle>();
  const ready = useCallback((opened: EditorHandle | undefined) => {
    handle.current = opened;
  }, []);
  return (
    <Flex spacing={1} component="section" aria-labelledby={id}>
      <Flex direction="row" spacing={1} sx={{ alignItems: "baseline" }}>
        <Typography variant="h3" component="h2" id={id}>{label}</Typography>
        {lineEndOf(text) === "\r\n" && (
          <Typography variant="body2" color="text.secondary">{EDITOR_LABELS.crlf}</Typography>
        )}
      </Flex>
      <Box sx={{ height }}>
        <Suspense
          fallback={<Skeleton variant="rounded" height="100%" aria-label={EDITOR_LABELS.loadingEditor} />}
        >
          <TextEditor
            {...editor}
            initial={text}
            labelledBy={id}
            describedBy={`${id}-hint`}
            issues={issues}
            onReady={ready}
          />
        </Suspense>
      </Box>
      <Typography id={`${id}-hint`} variant="body2" color="text.secondary">{hint}</Typography>
      <IssueList
        label={ISSUE_LABELS.listOf(label)}
        issues={issues}
        onOpen={(issue) => handle.current?.goTo(issue)}
      />
    </Flex>
  );
}

function NotLoaded(_props: TextEditorProps) {
  return <Alert severity="error">{EDITOR_LABELS.editorNotLoaded}</Alert>;
}
