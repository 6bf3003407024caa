import { useEffect, useMemo, useRef, useState } from "react";
import type { DraftChange } from "../../../../../../server/protocol/drafts/draft.ts";
import type { ContentRequests, DraftOwner } from "../model/content_requests.ts";
import { draftRequests, partsOf } from "./draft_parts.ts";

/** Pause in typing before a draft is stored, ms. */
const PAUSE_MS = 500;

/** Draft that an editor stores. */
export interface DraftTask {
  readonly contents: Pick<ContentRequests, "putDraft">;
  readonly owner: DraftOwner;
  /** Texts that differ from the stored ones. Those of the first call are on the server already. */
  readonly change: DraftChange;
  /** True for a client that cannot store drafts. */
  readonly isReadOnly: boolean;
}

/**
 * Stores what is typed on the server, whenever typing pauses, and removes it when nothing differs.
 *
 * @returns True if the server has all typed texts, and leaving the page loses nothing.
 */
export function useDraft({ contents, owner, change, isReadOnly }: DraftTask): boolean {
  const key = JSON.stringify(change);
  const parts = useMemo(() => partsOf(change), [key]);
  const stored = useRef(parts);
  const [storedParts, setStoredParts] = useState(parts);
  /** One request at a time, so that an older text never replaces a newer one. */
  const sending = useRef(Promise.resolve());
  useEffect(() => {
    if (isReadOnly || draftRequests(stored.current, parts).length === 0) return;
    const timer = setTimeout(() => {
      sending.current = sending.current.then(async () => {
        for (const request of draftRequests(stored.current, parts)) {
          await contents.putDraft(owner, request);
        }
        stored.current = parts;
        setStoredParts(parts);
        // The page asks before it is left while the draft is not stored.
      }).catch(() => {});
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [contents, owner, parts, isReadOnly]);
  return draftRequests(storedParts, parts).length === 0;
}
