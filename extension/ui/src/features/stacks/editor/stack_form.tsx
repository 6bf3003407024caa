import { Alert, Box, Link, Stack as Flex, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { IssueList } from "./issue_list.tsx";
import type { EditorIssue, IssuePlace } from "./issues.ts";
import { LeaveGuard } from "../../../components/leave_guard.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { StackPlace } from "./stack_place.tsx";
import { TextFieldset } from "./text_fieldset.tsx";
import { type StackFormState, type StackFormTask, useStackForm } from "./use_stack_form.ts";
import { VerdictLine } from "./verdict_line.tsx";

const COMPOSE = {
  label: "Compose file",
  language: "yaml",
  hint: "Tab leaves the editor. Ctrl+] and Ctrl+[ indent, Ctrl+F searches (⌘ on a Mac).",
  placeholder: '# for example\nservices:\n  web:\n    image: nginx:1.29\n    ports: ["8080:80"]',
  height: "max(320px, calc(100vh - 430px))",
} as const;
const ENV = {
  label: "Environment (.env)",
  language: "env",
  hint: "One NAME=value a line, for ${NAME} in the Compose file. It is kept byte for byte.",
  placeholder: "# for example\nTAG=1.29",
  height: "max(320px, calc(100vh - 430px))",
} as const;

/** Props of {@linkcode StackForm}. */
export interface StackFormProps extends StackFormTask {
  readonly feed: StackFeed;
  readonly title: string;
  /** What the buttons say. */
  readonly buttons: { readonly deploy: string; readonly save: string };
  /** Where the form was opened. */
  readonly backTo: string;
  /** What else is to be said above the texts. */
  readonly notice?: (form: StackFormState) => ReactNode;
}

/** The texts of a stack, what the server says of them, and what makes them its own. */
export function StackForm({ feed, title, buttons, backTo, notice, ...task }: StackFormProps) {
  const form = useStackForm(feed, task);
  const { values, set, isLocked } = form;
  const about = (place: IssuePlace) => form.issues.filter((issue) => issue.place === place);
  return (
    <Flex spacing={2}>
      <LeaveGuard isChanged={form.isChanged} />
      <Header title={title} backTo={backTo}>
        <ActionButton label={buttons.save} obstacle={form.obstacle} onClick={() => form.save(false)} />
        <ActionButton
          label={buttons.deploy}
          variant="contained"
          obstacle={form.obstacle}
          onClick={() => form.save(true)}
        />
      </Header>
      <FeedNotices feed={feed} />
      {form.refusal !== undefined && (
        <Alert severity="error" sx={{ whiteSpace: "pre-wrap" }}>{form.refusal}</Alert>
      )}
      {notice?.(form)}
      {task.stackId === undefined && (
        <StackPlace feed={feed} values={values} isLocked={isLocked} onChange={set} />
      )}
      <IssueList label="Errors" issues={about("form")} />
      <VerdictLine verdict={form.verdict} />
      <Texts form={form} about={about} />
    </Flex>
  );
}

interface TextsProps {
  readonly form: StackFormState;
  readonly about: (place: IssuePlace) => readonly EditorIssue[];
}

function Texts({ form: { values, set, isLocked }, about }: TextsProps) {
  const columns = { xs: "minmax(0, 1fr)", lg: "minmax(0, 2fr) minmax(0, 1fr)" };
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: columns, gap: 2 }}>
      <TextFieldset
        {...COMPOSE}
        text={values.compose}
        readOnly={isLocked}
        issues={about("compose")}
        onChange={(compose) => set({ compose })}
      />
      <TextFieldset
        {...ENV}
        text={values.env}
        readOnly={isLocked}
        issues={about("env")}
        onChange={(env) => set({ env })}
      />
    </Box>
  );
}

interface HeaderProps {
  readonly title: string;
  readonly backTo: string;
  readonly children: ReactNode;
}

function Header({ title, backTo, children }: HeaderProps) {
  return (
    <>
      <Link href={backTo} variant="body2" sx={{ alignSelf: "flex-start" }}>← Back</Link>
      <Flex direction="row" spacing={1} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ flexGrow: 1, overflowWrap: "anywhere" }}>{title}</Typography>
        {children}
      </Flex>
    </>
  );
}
