import { Box, Link, Stack as Flex, Typography } from "@mui/material";
import { type ReactNode, useEffect, useId, useState } from "react";
import { loadWithRetry } from "../../../../lib/load_with_retry.ts";
import { hrefTo } from "../../../../lib/route.ts";
import { COMPOSE_LABELS, ENV_LABELS } from "../../model/labels_editor.ts";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";
import type { StackFeed } from "../../model/stack_feed.ts";
import { useStackObstacle } from "../../parts/obstacles.ts";
import { TaskNotice } from "../../parts/task_notice.tsx";
import type { EditorIssue, IssuePlace } from "../issues.ts";
import { TextFieldset } from "../text_fieldset.tsx";
import { useLocalIssues, withLocalIssues } from "../use_local_issues.ts";
import type { StackFormState, StackFormValues } from "../use_stack_form.ts";
import type { Verdict } from "../use_validation.ts";
import { VerdictLine } from "../verdict_line.tsx";
import { isEdited } from "./edited_files.ts";
import { FilePanel } from "./file_panel.tsx";
import { type FileAction, FileQuestion } from "./file_question.tsx";
import { type FileTab, FileTabs } from "./file_tabs.tsx";
import type { OpenFile } from "./open_file.ts";
import { RepositoryEnv } from "./repository_env.tsx";
import { RemovedFiles } from "./removed_files.tsx";
import { type FileList, useFileList } from "./use_file_list.ts";

const HEIGHT = "max(320px, calc(100dvh - 430px))";
const COMPOSE = { ...COMPOSE_LABELS, language: "yaml", height: HEIGHT } as const;
const ENV = { ...ENV_LABELS, language: "env", height: HEIGHT } as const;
const FILE = "file:";

/** Props of {@linkcode StackTexts}. */
export interface StackTextsProps {
  readonly feed: StackFeed;
  readonly stackId: number | undefined;
  readonly form: StackFormState;
  /** Values as they are stored. */
  readonly initial: StackFormValues;
  readonly issuesOf: (place: IssuePlace) => readonly EditorIssue[];
  /** Line of the Compose file to open, from 1. */
  readonly line: number | undefined;
  /** Further file to open. */
  readonly file: OpenFile | undefined;
}

/** Formats a compose file with a chunk that is loaded on demand. */
async function formatLater(text: string): Promise<string | undefined> {
  const { formatCompose } = await loadWithRetry(() => import("../language/check.ts"));
  return formatCompose(text);
}

/** Editors of the Compose file, the environment and the further files of a stack, one per tab. */
export function StackTexts(props: StackTextsProps) {
  const { feed, stackId, form, file } = props;
  const id = useId();
  const list = useFileList(feed, stackId, form, file?.path);
  const [current, setCurrent] = useState(file === undefined ? "compose" : FILE + file.path);
  const [asked, setAsked] = useState<FileAction>();
  const obstacle = useStackObstacle();
  useEffect(() => {
    if (file?.isNew && !form.values.files.has(file.path)) list.add(file.path);
  }, []);
  const compose = useComposeIssues(props);
  const tabs = tabsOf(props, list, compose);
  const shown = tabs.some(({ value }) => value === current) ? current : "compose";
  return (
    <Flex spacing={2}>
      <VerdictLine verdict={withErrors(form.verdict, compose)} />
      <Box>
        <FileTabs
          id={id}
          tabs={tabs}
          current={shown}
          obstacle={obstacle}
          onOpen={setCurrent}
          onAdd={() => setAsked({ kind: "add" })}
        />
        <TaskNotice task={list.task} />
        <RemovedFiles paths={list.removed} isLocked={form.isLocked} onKeep={list.keep} />
        {tabs.map(({ value }) => (
          <Panel key={value} id={id} value={value} isShown={value === shown}>
            <PanelContent {...props} value={value} list={list} compose={compose} onAsk={setAsked} />
          </Panel>
        ))}
        {list.hidden > 0 && <MoreFiles count={list.hidden} stackId={stackId} />}
        {asked !== undefined && (
          <FileQuestion
            asked={asked}
            list={list}
            onOpen={(path) => setCurrent(FILE + path)}
            onEnd={() => setAsked(undefined)}
          />
        )}
      </Box>
    </Flex>
  );
}

interface MoreFilesProps {
  readonly count: number;
  readonly stackId: number | undefined;
}

/** Number of the files without a tab, with a link to all files of a stack that exists. */
function MoreFiles({ count, stackId }: MoreFilesProps) {
  const text = FILE_TAB_LABELS.more(count);
  if (stackId === undefined) return <Typography variant="body2">{text}</Typography>;
  return <Link href={hrefTo("stacks", stackId, "files")} variant="body2">{text}</Link>;
}

/** Issues of the Compose file, of the server and of the page. */
function useComposeIssues({ form: { values }, issuesOf }: StackTextsProps): readonly EditorIssue[] {
  return withLocalIssues(issuesOf("compose"), useLocalIssues(values.compose, environmentOf(values)));
}

/** Adds the errors of the Compose file that only the page has found to those of the server. */
function withErrors(verdict: Verdict, compose: readonly EditorIssue[]): Verdict {
  if (verdict.phase !== "invalid") return verdict;
  const more = compose.filter((issue) => issue.severity === "error" && !verdict.issues.includes(issue));
  return { ...verdict, issues: [...verdict.issues, ...more] };
}

/** The variables that the Compose file can use. */
function environmentOf({ env, git_env = "" }: StackFormValues): string {
  return git_env === "" ? env : `${git_env}\n${env}`;
}

function tabsOf(
  { form: { values }, initial, issuesOf }: StackTextsProps,
  { paths }: FileList,
  composeIssues: readonly EditorIssue[],
): readonly FileTab[] {
  return [
    {
      value: "compose",
      label: COMPOSE_LABELS.label,
      isEdited: values.compose !== initial.compose,
      issues: composeIssues,
    },
    {
      value: "env",
      label: ENV_LABELS.label,
      isEdited: values.env !== initial.env,
      issues: issuesOf("env"),
    },
    ...paths.map((path) => {
      const file = values.files.get(path);
      return {
        value: FILE + path,
        label: path,
        isEdited: file !== undefined && isEdited(file),
        issues: [],
      };
    }),
  ];
}

interface PanelProps {
  readonly id: string;
  readonly value: string;
  readonly isShown: boolean;
  readonly children: ReactNode;
}

/** Panel of a tab. It is created when the tab is opened, and then keeps its editor with the undo history. */
function Panel({ id, value, isShown, children }: PanelProps) {
  const [wasShown, setWasShown] = useState(isShown);
  useEffect(() => {
    if (isShown) setWasShown(true);
  }, [isShown]);
  return (
    <Box
      role="tabpanel"
      id={`${id}-panel-${value}`}
      aria-labelledby={`${id}-tab-${value}`}
      hidden={!isShown}
      sx={{ pt: 1 }}
    >
      {(isShown || wasShown) && children}
    </Box>
  );
}

interface PanelContentProps extends StackTextsProps {
  readonly value: string;
  readonly list: FileList;
  readonly compose: readonly EditorIssue[];
  readonly onAsk: (asked: FileAction) => void;
}

function PanelContent({ value, form, list, compose, onAsk, ...props }: PanelContentProps) {
  const { values, set, isLocked } = form;
  const obstacle = useStackObstacle();
  const common = { readOnly: isLocked };
  if (value === "compose") {
    return (
      <TextFieldset
        {...COMPOSE}
        {...values.git_env === undefined ? common : { readOnly: true, hint: FILE_TAB_LABELS.gitComposeHint }}
        text={values.compose}
        issues={compose}
        environment={environmentOf(values)}
        tagsOf={(image) => props.feed.requests.tagsOf(image)}
        line={props.line}
        format={formatLater}
        onChange={(compose) => set({ compose })}
      />
    );
  }
  if (value === "env") {
    return (
      <>
        <TextFieldset
          {...ENV}
          {...common}
          text={values.env}
          issues={props.issuesOf("env")}
          onChange={(env) => set({ env })}
        />
        {values.git_env && <RepositoryEnv text={values.git_env} />}
      </>
    );
  }
  const path = value.slice(FILE.length);
  return (
    <FilePanel
      {...{ feed: props.feed, stackId: props.stackId, path, list, obstacle, isLocked, height: HEIGHT }}
      file={values.files.get(path)}
      onRename={() => onAsk({ kind: "rename", path })}
      onRemove={() => list.isStored(path) ? list.remove(path) : onAsk({ kind: "remove", path })}
    />
  );
}
