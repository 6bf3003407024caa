import { useEffect, useState } from "react";
import { Refusal } from "../../../lib/transport/transport.ts";
import { type EditorIssue, mistakesOf, warningsOf } from "./issues.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { Draft, StackRequests } from "../model/stack_requests.ts";
import { useRetry } from "../parts/use_retry.ts";

/** What the server says of a draft. */
export interface Verdict {
  /** `unasked` without a text, `unknown` when it could not be asked. */
  readonly phase: "unasked" | "asking" | "valid" | "invalid" | "unknown";
  readonly issues: readonly EditorIssue[];
  /** The names of the services of a valid draft. */
  readonly services: readonly string[];
  /** Why it is invalid or unknown, as a sentence. */
  readonly words: string | undefined;
}

/** So long nothing is typed before the server is asked, ms. */
const PAUSE_MS = 400;
const UNASKED: Verdict = { phase: "unasked", issues: [], services: [], words: undefined };

/** Has the server look at a draft, each time that typing pauses. */
export function useValidation(feed: StackFeed, { compose, env, hostId, stack_id }: Draft): Verdict {
  const [verdict, setVerdict] = useState(UNASKED);
  const tries = useRetry(feed, verdict.phase === "unknown");
  useEffect(() => {
    if (compose.trim() === "") return setVerdict(UNASKED);
    const stop = new AbortController();
    // What was found before stays until it is known better: it moves along with the text.
    setVerdict((before) => ({ ...before, phase: "asking" }));
    const timer = setTimeout(() => {
      verdictOn(feed.requests, { compose, env, hostId, stack_id }, stop.signal).then((found) => {
        if (!stop.signal.aborted) setVerdict(found);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [feed, compose, env, hostId, stack_id, tries]);
  return verdict;
}

async function verdictOn(requests: StackRequests, draft: Draft, signal: AbortSignal): Promise<Verdict> {
  try {
    const { services, warnings } = await requests.validate(draft, signal);
    return { phase: "valid", issues: warningsOf(warnings), services, words: undefined };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const isVerdict = error instanceof Refusal && error.problem.status === 422;
    return {
      phase: isVerdict ? "invalid" : "unknown",
      issues: isVerdict ? mistakesOf(error) : [],
      services: [],
      words,
    };
  }
}
