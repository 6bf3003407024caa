import { Alert, Link, Stack as Flex, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import type { PlanDraft } from "../../../../../../server/protocol/stack_requests.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { DeployDialog } from "../parts/plan/deploy_dialog.tsx";
import { TextDifference } from "../parts/plan/text_difference.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { ReplaceDialog, useReplacement } from "./intake/replacement.tsx";
import { StackIntake } from "./intake/stack_intake.tsx";
import { IssueList } from "./issue_list.tsx";
import { filesToCheck } from "./files/edited_files.ts";
import type { OpenFile } from "./files/open_file.ts";
import { StackTexts } from "./files/stack_texts.tsx";
import type { IssuePlace } from "./issues.ts";
import { textChanges } from "./text_changes.ts";
import { LeaveGuard } from "../../../components/leave_guard.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { NAVIGATION } from "../model/labels.ts";
import { DRAFT_LABELS, ISSUE_LABELS } from "../model/labels_editor.ts";
import { DraftNotice } from "../parts/draft_notice.tsx";
import { StackPlace } from "./stack_place.tsx";
import {
  type StackFormState,
  type StackFormTask,
  type StackFormValues,
  useStackForm,
} from "./use_stack_form.ts";

/** Props of {@linkcode StackForm}. */
export interface StackFormProps extends StackFormTask {
  readonly feed: StackFeed;
  readonly title: string;
  /** Labels of the buttons. */
  readonly buttons: { readonly deploy: string; readonly save: string };
  /** Address of the page that opened the form. */
  readonly backTo: string;
  /** Line of the Compose file to open, from 1. */
  readonly line?: number | undefined;
  /** Further file to open. */
  readonly file?: OpenFile | undefined;
  /** Name of a stack that exists. */
  readonly name?: string | undefined;
  /** Renders a notice above the files. */
  readonly notice?: (form: StackFormState) => ReactNode;
}

/** Form of a stack: its files, the result of their check, and the buttons that save them. */
export function StackForm({ feed, title, buttons, backTo, notice, line, file, ...task }: StackFormProps) {
  const form = useStackForm(feed, task);
  const { values, set, isLocked } = form;
  const [reviewing, setReviewing] = useState(false);
  const replacement = useReplacement(form, task.initial);
  const issuesOf = (place: IssuePlace) => form.issues.filter((issue) => issue.place === place);
  return (
    <Flex spacing={2}>
      <LeaveGuard isChanged={form.isUnsafe} />
      <Header title={title} backTo={backTo} name={task.name}>
        <Buttons form={form} buttons={buttons} onReview={() => setReviewing(true)} />
      </Header>
      {reviewing && (
        <Review
          {...{ feed, form }}
          {...task}
          onDone={(deploys) => {
            setReviewing(false);
            if (deploys) form.save(true);
          }}
        />
      )}
      <FeedNotices feed={feed} />
      {form.refusal !== undefined && (
        <Alert severity="error" sx={{ whiteSpace: "pre-wrap" }}>{form.refusal}</Alert>
      )}
      {task.draft !== undefined && form.isChanged && (
        <DraftNotice onDiscard={replacement.discard} isLocked={isLocked} />
      )}
      {notice?.(form)}
      {task.stackId === undefined && (
        <>
          <StackPlace feed={feed} values={values} isLocked={isLocked} onChange={set} />
          <StackIntake isLocked={isLocked} onTake={replacement.take} />
        </>
      )}
      {replacement.isAsked && (
        <ReplaceDialog
          onConfirm={replacement.confirm}
          onCancel={replacement.dismiss}
        />
      )}
      <IssueList label={ISSUE_LABELS.errors} issues={issuesOf("form")} />
      <StackTexts key={replacement.revision} {...{ feed, form, issuesOf, line, file }} {...task} />
    </Flex>
  );
}

interface ReviewProps extends Pick<StackFormProps, "feed" | "name" | "stackId" | "initial"> {
  readonly form: StackFormState;
  readonly onDone: (deploys: boolean) => void;
}

/** Shows what the deployment of the typed texts would change, and how they differ from the stored ones. */
function Review({ feed, form: { values }, name, stackId, initial, onDone }: ReviewProps) {
  return (
    <DeployDialog
      feed={feed}
      name={name ?? values.name}
      draft={draftOf(stackId, values)}
      onDeploy={() => onDone(true)}
      onCancel={() => onDone(false)}
    >
      {stackId !== undefined &&
        textChanges(initial, values).map((change) => <TextDifference key={change.title} {...change} />)}
    </DeployDialog>
  );
}

/** The typed texts, for the review. */
function draftOf(
  stackId: number | undefined,
  { name, hostId, compose, env, files: edited }: StackFormValues,
): PlanDraft {
  const files = filesToCheck(edited);
  const added = files === undefined ? {} : { files };
  if (stackId !== undefined) return { stack_id: stackId, compose, env, ...added };
  return { name, compose, ...added, ...env === "" ? {} : { env }, ...hostId === undefined ? {} : { hostId } };
}

interface ButtonsProps extends Pick<StackFormProps, "buttons"> {
  readonly form: StackFormState;
  readonly onReview: () => void;
}

function Buttons({ form: { isChanged, isUnsafe, obstacle, save }, buttons, onReview }: ButtonsProps) {
  return (
    <>
      {isChanged && !isUnsafe && (
        <Typography variant="caption" color="text.secondary">{DRAFT_LABELS.saved}</Typography>
      )}
      <ActionButton label={buttons.save} obstacle={obstacle} onClick={() => save(false)} />
      <ActionButton label={buttons.deploy} variant="contained" obstacle={obstacle} onClick={onReview} />
    </>
  );
}

/** On phones the bar stays at the top, where the keyboard does not hide the buttons. */
const BAR = {
  alignItems: "center",
  flexWrap: "wrap",
  position: { xs: "sticky", sm: "static" },
  top: { xs: "-8px" },
  zIndex: { xs: "appBar" },
  bgcolor: { xs: "background.default" },
  py: { xs: 1, sm: 0 },
} as const;

interface HeaderProps {
  readonly title: string;
  readonly backTo: string;
  /** Name of a stack that exists. */
  readonly name: string | undefined;
  readonly children: ReactNode;
}

function Header({ title, backTo, name, children }: HeaderProps) {
  return (
    <>
      <Link href={backTo} variant="body2" sx={{ alignSelf: "flex-start" }}>
        {name === undefined ? NAVIGATION.allStacks : NAVIGATION.stack(name)}
      </Link>
      <Flex direction="row" spacing={1} useFlexGap sx={BAR}>
        <Typography variant="h1" sx={{ flex: { xs: "1 0 100%", sm: "1" }, overflowWrap: "anywhere" }}>
          {title}
        </Typography>
        {children}
      </Flex>
    </>
  );
}
