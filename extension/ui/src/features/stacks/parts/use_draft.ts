import { useEffect, useRef, useState } from "react";
import type { DraftChange } from "../../../../../../server/protocol/drafts/draft.ts";
import type { StackFeed } from "../model/stack_feed.ts";

/** Pause in typing before a draft is stored, ms. */
const PAUSE_MS = 500;

/** Draft that an editor stores. */
export interface DraftTask {
  readonly feed: StackFeed;
  /** `undefined` for a new stack. */
  readonly stackId: number | undefined;
  /** Differences from the stored texts, as the body of a PUT; the texts that do not differ are `null`. */
  readonly change: DraftChange;
  /** True if a text differs. */
  readonly isChanged: boolean;
  /** True for a client that cannot store drafts. */
  readonly isReadOnly: boolean;
}

/**
 * Stores what is typed on the server, whenever typing pauses, and removes it when nothing differs.
 *
 * @returns True if the server has all typed texts, and leaving the page loses nothing.
 */
export function useDraft({ feed, stackId, change, isChanged, isReadOnly }: DraftTask): boolean {
  const text = JSON.stringify(change);
  const [stored, setStored] = useState(isChanged ? text : undefined);
  const first = useRef(text);
  useEffect(() => {
    // The texts as they were opened are stored already.
    if (isReadOnly || text === first.current) return;
    first.current = "";
    const timer = setTimeout(async () => {
      try {
        await feed.contents.putDraft(stackId, JSON.parse(text));
        setStored(text);
      } catch {
        // The page asks before it is left while the draft is not stored.
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [feed, stackId, text, isReadOnly]);
  return stored === text;
}
