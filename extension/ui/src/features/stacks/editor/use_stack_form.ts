import { useCallback, useEffect, useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { Unreachable } from "../../../lib/transport/transport.ts";
import { type EditorIssue, mistakesOf } from "./issues.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { nameMistake } from "./stack_name.ts";
import { useReturn } from "../parts/use_retry.ts";
import { useStackObstacle } from "../parts/use_stack_obstacle.ts";
import { useValidation, type Verdict } from "./use_validation.ts";

/** What is typed. */
export interface StackFormValues {
  readonly name: string;
  /** `undefined` for the server's default. */
  readonly hostId: string | undefined;
  readonly compose: string;
  readonly env: string;
}

/** What a form is about. */
export interface StackFormTask {
  /** `undefined` for a stack that is to be. */
  readonly stackId: number | undefined;
  readonly initial: StackFormValues;
  /** Saves; gives where to go then, `undefined` when it was not saved. Throws the server's refusal. */
  readonly onSave: (values: StackFormValues, deploy: boolean) => Promise<(() => void) | undefined>;
}

/** A form and how it stands. */
export interface StackFormState {
  readonly values: StackFormValues;
  readonly set: (change: Partial<StackFormValues>) => void;
  readonly verdict: Verdict;
  readonly issues: readonly EditorIssue[];
  /** The server's words when it has refused to save. */
  readonly refusal: string | undefined;
  readonly save: (deploy: boolean) => void;
  /** Whether nothing can be typed: it is being saved, or never could be. */
  readonly isLocked: boolean;
  /** Whether something would be lost. */
  readonly isChanged: boolean;
  /** Why it cannot be saved now. */
  readonly obstacle: string | undefined;
}

/** The state of a form: whatever happens, what was typed stays. */
export function useStackForm(
  feed: StackFeed,
  { stackId, initial, onSave }: StackFormTask,
): StackFormState {
  const [values, setValues] = useState(initial);
  const set = useCallback(
    (change: Partial<StackFormValues>) => setValues((before) => ({ ...before, ...change })),
    [],
  );
  const saving = useSaving(feed, values, onSave);
  const { name, hostId, compose, env } = values;
  const verdict = useValidation(feed, {
    compose,
    env: env === "" ? undefined : env,
    hostId,
    stack_id: stackId,
  });
  const forbidden = useStackObstacle();
  const isReadOnly = useAbout()?.readOnly === true;
  const missing = (stackId === undefined ? nameMistake(name) : undefined) ??
    (compose.trim() === "" ? "The Compose file is empty." : undefined);
  // What was refused is not said any more of what was changed since.
  const mistakes = saving.refused?.values === values ? mistakesOf(saving.refused.error) : [];
  return {
    values,
    set,
    verdict,
    issues: mistakes.length > 0 ? mistakes : verdict.issues,
    refusal: saving.refused && wordsOf(saving.refused.error),
    save: saving.save,
    isLocked: saving.phase !== "idle" || isReadOnly,
    isChanged: saving.phase !== "saved" && isChanged(initial, values),
    obstacle: saving.phase === "idle" ? forbidden ?? missing : "It is being saved.",
  };
}

interface Refused {
  readonly values: StackFormValues;
  readonly error: unknown;
}

function useSaving(feed: StackFeed, values: StackFormValues, onSave: StackFormTask["onSave"]) {
  const [phase, setPhase] = useState<"idle" | "saving" | "saved">("idle");
  const [refused, setRefused] = useState<Refused>();
  const [go, setGo] = useState<() => void>();
  useReturn(feed, refused?.error instanceof Unreachable, useCallback(() => setRefused(undefined), []));
  // Only once nothing guards the page any more.
  useEffect(() => go?.(), [go]);
  const save = async (deploy: boolean) => {
    setPhase("saving");
    setRefused(undefined);
    try {
      const next = await onSave(values, deploy);
      if (next === undefined) return setPhase("idle");
      setPhase("saved");
      setGo(() => next);
    } catch (error) {
      setRefused({ values, error });
      setPhase("idle");
    }
  };
  return { phase, refused, save };
}

function isChanged(initial: StackFormValues, values: StackFormValues): boolean {
  return (["name", "hostId", "compose", "env"] as const).some((key) => values[key] !== initial[key]);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
