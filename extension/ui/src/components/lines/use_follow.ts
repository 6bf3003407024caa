import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Follow mode of a list, and its controls. */
export interface Follow {
  readonly following: boolean;
  readonly pause: () => void;
  readonly follow: () => void;
  /** Handler for the scrolling element. */
  readonly onScroll: () => void;
}

/** Events with which a reader moves a list. */
export const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
/** Distance from the end that counts as the end, pixels. */
const END_MARGIN_PX = 16;

/**
 * Keeps an element scrolled to its end while it grows. A reader who scrolls up pauses that, and one who scrolls to the
 * end resumes it. After {@linkcode Follow.pause}, only {@linkcode Follow.follow} resumes it.
 *
 * @param size Any value that changes with the height of the content.
 * @param canFollow False while the content ends before the newest line, so that scrolling there resumes nothing.
 */
export function useFollow(scroller: RefObject<HTMLElement>, size: unknown, canFollow = true): Follow {
  const { following, wanted, set } = useMode();
  const top = useRef(0);
  const pausedExplicitly = useRef(false);
  const acted = useActed();
  const toEnd = useCallback((element: HTMLElement) => {
    element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
  }, []);
  useLayoutEffect(() => {
    if (following && wanted.current && scroller.current !== null) toEnd(scroller.current);
  }, [scroller, following, size, wanted, toEnd]);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    // The last event may arrive after the element is unmounted.
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < END_MARGIN_PX;
    // Growing content moves the end away. What moves up without the reader, as the layout of rows does, is undone.
    const isUp = scrollTop < top.current - 1 && !atEnd;
    if (isUp && wanted.current && !acted.current) return toEnd(element);
    if (isUp) set(false);
    if (scrollTop > top.current && atEnd && canFollow && !pausedExplicitly.current) {
      acted.current = false;
      set(true);
    }
    top.current = scrollTop;
  }, [scroller, canFollow, acted, wanted, set, toEnd]);
  const change = useCallback((to: boolean) => {
    pausedExplicitly.current = !to;
    if (to) acted.current = false;
    set(to);
  }, [acted, set]);
  return {
    following,
    pause: useCallback(() => change(false), [change]),
    follow: useCallback(() => change(true), [change]),
    onScroll,
  };
}

/** The mode as rendered, and as wanted: a rendering between the two must not scroll. */
function useMode() {
  const [following, setFollowing] = useState(true);
  const wanted = useRef(true);
  const set = useCallback((to: boolean) => {
    wanted.current = to;
    setFollowing(to);
  }, []);
  return { following, wanted, set };
}

/** Notes that the reader has used a pointer or a key. */
function useActed(): { current: boolean } {
  const acted = useRef(false);
  useEffect(() => {
    const note = () => void (acted.current = true);
    for (const type of MOVES) addEventListener(type, note, { capture: true, passive: true });
    return () => {
      for (const type of MOVES) removeEventListener(type, note, { capture: true });
    };
  }, []);
  return acted;
}
