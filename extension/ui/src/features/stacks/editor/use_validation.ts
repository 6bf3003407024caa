import { useEffect, useState } from "react";
import type { StackDraft } from "../../../../../../server/protocol/stack_requests.ts";
import { Refusal } from "../../../lib/transport/transport.ts";
import { type EditorIssue, errorsOf, warningsOf } from "./issues.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { StackRequests } from "../model/stack_requests.ts";
import { useRetry } from "../parts/use_retry.ts";
import { messageOf } from "../parts/use_task.ts";

/** Result of a check of a draft. */
export interface Verdict {
  /** `empty` without a Compose file, `unknown` when the check failed. */
  readonly phase: "empty" | "checking" | "valid" | "invalid" | "unknown";
  readonly issues: readonly EditorIssue[];
  /** Names of the services of a valid draft. */
  readonly services: readonly string[];
  /** Reason why the draft is invalid or unknown; otherwise empty. */
  readonly reason: string;
}

/** Pause in typing before the server checks the draft, ms. */
const PAUSE_MS = 400;
const EMPTY: Verdict = { phase: "empty", issues: [], services: [], reason: "" };

/** Lets the server check a draft whenever typing pauses. */
export function useValidation(
  feed: StackFeed,
  { compose, env, hostId, stack_id, files }: StackDraft,
): Verdict {
  const [verdict, setVerdict] = useState(EMPTY);
  const tries = useRetry(feed, verdict.phase === "unknown");
  useEffect(() => {
    if (compose.trim() === "") return setVerdict(EMPTY);
    const stop = new AbortController();
    // The issues of the previous check stay until the next one: the editor moves them along with the text.
    setVerdict((before) => ({ ...before, phase: "checking" }));
    const timer = setTimeout(() => {
      check(feed.requests, { compose, env, hostId, stack_id, files }, stop.signal).then((result) => {
        if (!stop.signal.aborted) setVerdict(result);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [feed, compose, env, hostId, stack_id, files, tries]);
  return verdict;
}

async function check(requests: StackRequests, draft: StackDraft, signal: AbortSignal): Promise<Verdict> {
  try {
    const { services, warnings } = await requests.validate(draft, signal);
    return { phase: "valid", issues: warningsOf(warnings), services, reason: "" };
  } catch (error) {
    const isInvalid = error instanceof Refusal && error.problem.status === 422;
    return {
      phase: isInvalid ? "invalid" : "unknown",
      issues: isInvalid ? errorsOf(error) : [],
      services: [],
      reason: messageOf(error),
    };
  }
}
