import { Box, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { lazy, Suspense, useCallback, useId, useRef } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { EDITOR_LABELS, ISSUE_LABELS } from "../model/labels_editor.ts";
import { IssueList } from "./issue_list.tsx";
import type { EditorIssue } from "./issues.ts";
import { lineEndOf } from "./line_ends.ts";
import type { EditorHandle, TextEditorProps } from "./text_editor.tsx";

const TextEditor = lazy(() => loadWithRetry(() => import("./text_editor.tsx")));

/** Props of {@linkcode TextFieldset}. */
export interface TextFieldsetProps
  extends
    Pick<TextEditorProps, "language" | "placeholder" | "readOnly" | "onChange" | "environment" | "tagsOf"> {
  readonly label: string;
  readonly hint: string;
  /** Current text. */
  readonly text: string;
  readonly issues: readonly EditorIssue[];
  /** CSS. */
  readonly height: string;
  /** Line to open, from 1. */
  readonly line?: number | undefined;
  /** Formats the text; `undefined` if it cannot be formatted. */
  readonly format?: ((text: string) => Promise<string | undefined>) | undefined;
}

/** Editor of one file with its label, a hint, and the issues of the file. */
export function TextFieldset(
  { label, hint, text, issues, height, line, format, ...editor }: TextFieldsetProps,
) {
  const id = useId();
  const handle = useRef<EditorHandle>();
  const ready = useCallback((opened: EditorHandle | undefined) => {
    handle.current = opened;
    if (line !== undefined) opened?.goTo({ line });
  }, [line]);
  const isFormatted = format !== undefined && !editor.readOnly;
  const runFormat = async () => {
    const formatted = await format?.(text);
    if (formatted !== undefined && formatted !== text) handle.current?.replace(formatted);
  };
  return (
    <Flex spacing={1} component="section" aria-labelledby={id}>
      <Heading id={id} label={label} text={text} onFormat={isFormatted ? runFormat : undefined} />
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

interface HeadingProps extends Pick<TextFieldsetProps, "label" | "text"> {
  readonly id: string;
  readonly onFormat: (() => void) | undefined;
}

function Heading({ id, label, text, onFormat }: HeadingProps) {
  return (
    <Flex direction="row" spacing={1} sx={{ alignItems: "baseline" }}>
      <Typography variant="h3" component="h2" id={id}>{label}</Typography>
      {lineEndOf(text) === "\r\n" && (
        <Typography variant="body2" color="text.secondary">{EDITOR_LABELS.crlf}</Typography>
      )}
      <Box sx={{ flexGrow: 1 }} />
      {onFormat !== undefined && (
        <ActionButton
          label={EDITOR_LABELS.format}
          help={EDITOR_LABELS.formatHelp}
          variant="text"
          onClick={onFormat}
        />
      )}
    </Flex>
  );
}
