import { Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog, type ConfirmDialogProps } from "../../../../components/confirm_dialog.tsx";
import { INTAKE_LABELS } from "../../model/plan/labels_intake.ts";
import { STACK_NAME } from "../server_rules.ts";
import type { StackFormState, StackFormValues } from "../use_stack_form.ts";
import type { Intake } from "./intake.ts";

/** Returns how to replace the typed texts; the editors own theirs, so others are shown by new editors. */
export function useReplacement({ values, set }: StackFormState, initial: StackFormValues) {
  const [revision, setRevision] = useState(0);
  /** Newest texts that were taken, which can be replaced without a question. */
  const [taken, setTaken] = useState<Intake>();
  const [asked, setAsked] = useState<Intake>();
  const show = (change: Partial<StackFormValues>) => {
    set(change);
    setRevision((before) => before + 1);
  };
  const isNameable = (name: string) =>
    STACK_NAME.test(name) && (values.name === "" || values.name === taken?.name);
  const replace = (intake: Intake) => {
    const { name, compose, env, files } = intake;
    setAsked(undefined);
    setTaken(intake);
    show({
      compose,
      ...env === undefined ? {} : { env },
      ...files === undefined ? {} : { files },
      ...isNameable(name) ? { name } : {},
    });
  };
  const isTyped = values.compose.trim() !== "" && values.compose !== taken?.compose;
  return {
    /** Changes with each replacement. */
    revision,
    /** True while a replacement waits for a confirmation. */
    isAsked: asked !== undefined,
    take: (intake: Intake) => isTyped ? setAsked(intake) : replace(intake),
    confirm: () => asked && replace(asked),
    dismiss: () => setAsked(undefined),
    discard: () => show(initial),
  };
}

/** Asks before typed texts are replaced. */
export function ReplaceDialog(props: Pick<ConfirmDialogProps, "onConfirm" | "onCancel">) {
  return (
    <ConfirmDialog {...props} title={INTAKE_LABELS.replaceTitle} action={INTAKE_LABELS.replaceAction}>
      <Typography variant="body2">{INTAKE_LABELS.replaceText}</Typography>
    </ConfirmDialog>
  );
}
