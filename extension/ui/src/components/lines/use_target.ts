import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { Entry } from "../../lib/lines/line.ts";
import { type LogPaging, type PagingState, targetIndex } from "../../lib/lines/log_paging.ts";
import { Observable } from "../../lib/observable.ts";
import { useObservable } from "../../lib/use_observable.ts";
import type { LogRowsOf } from "./log_list.tsx";
import { MOVES } from "./use_follow.ts";

/** Options for {@linkcode useTarget}. */
export interface TargetOptions {
  readonly scroller: RefObject<HTMLElement>;
  readonly paging: Pick<LogPaging, "state"> | undefined;
  readonly shown: readonly Entry[];
  readonly rows: Pick<LogRowsOf, "scrollToIndex">;
  readonly pause: () => void;
  /** Called with the entry that a jump leads to. */
  readonly onTarget: (id: number) => void;
}

const NO_PAGING = new Observable<PagingState>({
  busy: undefined,
  atStart: true,
  error: undefined,
  target: undefined,
});

/**
 * Scrolls to the entry that a jump leads to, once it is loaded, and keeps it in view while notes and further lines are
 * inserted around it, until the reader moves.
 *
 * @returns Function that gives up the entry, for other movements.
 */
export function useTarget({ scroller, paging, shown, rows, pause, onTarget }: TargetOptions): () => void {
  const { target } = useObservable((paging ?? { state: NO_PAGING }).state);
  const handled = useRef(target);
  const kept = useRef<number>();
  const release = useCallback(() => {
    kept.current = undefined;
  }, []);
  useEffect(() => {
    const { current } = scroller;
    for (const type of MOVES) current?.addEventListener(type, release, { passive: true });
    return () => {
      for (const type of MOVES) current?.removeEventListener(type, release);
    };
  }, [scroller, release]);
  useEffect(() => {
    if (shown.length === 0) return;
    if (target !== undefined && target !== handled.current) {
      handled.current = target;
      kept.current = shown[targetIndex(shown, target)]!.id;
      pause();
      onTarget(kept.current);
    }
    const index = kept.current === undefined ? -1 : shown.findIndex(({ id }) => id === kept.current);
    if (index >= 0) rows.scrollToIndex(index, { align: "center" });
  }, [target, shown, rows, pause, onTarget]);
  return release;
}
