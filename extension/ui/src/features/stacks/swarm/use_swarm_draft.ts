import { useEffect, useMemo, useState } from "react";
import type { Draft } from "../../../../../../server/protocol/drafts/draft.ts";
import { useAbout, useClient } from "../../../lib/client.ts";
import { ContentRequests } from "../model/content_requests.ts";
import { useDraft } from "../parts/use_draft.ts";
import { draftOwner, type TypedTexts } from "./requests.ts";

/** Typed texts of a form, with the name of a new stack. */
export interface TypedStack extends TypedTexts {
  readonly name: string;
}

/** Loads what was typed earlier; `undefined` until it has arrived, and `null` without a draft. */
export function useLoadedDraft(hostId: string, name: string | undefined): Draft | null | undefined {
  const { transport } = useClient();
  const [draft, setDraft] = useState<Draft | null>();
  useEffect(() => {
    const stop = new AbortController();
    const set = (loaded: Draft | null) => stop.signal.aborted || setDraft(loaded);
    new ContentRequests(transport).draft(draftOwner(hostId, name), stop.signal)
      // The stored texts are enough without it.
      .then((loaded) => set(loaded.saved_at === null ? null : loaded), () => set(null));
    return () => stop.abort();
  }, [transport, hostId, name]);
  return draft;
}

/** Initial texts of a form. */
export interface StackStart {
  readonly hostId: string;
  /** `undefined` for a new stack. */
  readonly name: string | undefined;
  readonly initial: TypedTexts;
  /** Texts of an earlier visit. */
  readonly draft: Draft | null;
}

/** Typed texts of a form, stored on the server whenever typing pauses. */
export interface TypedState {
  readonly typed: TypedStack;
  /** True while the form has texts of an earlier visit. */
  readonly isRestored: boolean;
  /** True while leaving the page would lose what was typed. */
  readonly isUnsafe: boolean;
  readonly type: (changed: Partial<TypedStack>) => void;
  /** Returns to the saved texts. */
  readonly discard: () => void;
  /** Takes texts as saved. */
  readonly keep: (texts: TypedStack) => void;
}

/** Holds the typed texts of a form, and stores what differs from the saved ones. */
export function useTypedStack({ hostId, name, initial: { compose, env }, draft }: StackStart): TypedState {
  const { transport } = useClient();
  const contents = useMemo(() => new ContentRequests(transport), [transport]);
  const isReadOnly = useAbout()?.readOnly === true;
  const [saved, setSaved] = useState<TypedStack>({ compose, env, name: name ?? "" });
  const [typed, setTyped] = useState<TypedStack>({
    compose: draft?.compose ?? compose,
    env: draft?.env ?? env,
    name: name ?? draft?.name ?? "",
  });
  const [isRestored, setRestored] = useState(draft !== null);
  const of = (key: keyof TypedStack) => typed[key] === saved[key] ? null : typed[key];
  const change = { name: of("name"), compose: of("compose"), env: of("env") };
  const isStored = useDraft({ contents, owner: draftOwner(hostId, name), change, isReadOnly });
  return {
    ...{ typed, isRestored },
    isUnsafe: !isStored && Object.values(change).some((text) => text !== null),
    type: (changed) => setTyped((last) => ({ ...last, ...changed })),
    discard: () => {
      setTyped(saved);
      setRestored(false);
    },
    keep: (texts) => {
      setSaved(texts);
      setRestored(false);
    },
  };
}
