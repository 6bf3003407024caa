import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Follow mode of a list, and its controls. */
export interface Follow {
  readonly following: boolean;
  readonly pause: () => void;
  readonly follow: () => void;
  /** Handler for the scrolling element. */
  readonly onScroll: () => void;
}

/** Distance from the end that counts as the end, pixels. */
const END_MARGIN_PX = 16;

/**
 * Keeps an element scrolled to its end while it grows. Scrolling up pauses that, and scrolling to the end resumes it.
 * After {@linkcode Follow.pause}, only {@linkcode Follow.follow} resumes it.
 *
 * @param size Any value that changes with the height of the content.
 * @param canFollow False while the content ends before the newest line, so that scrolling there resumes nothing.
 */
export function useFollow(scroller: RefObject<HTMLElement>, size: unknown, canFollow = true): Follow {
  const [following, setFollowing] = useState(true);
  const top = useRef(0);
  const pausedExplicitly = useRef(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!following || element === null) return;
    element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
  }, [scroller, following, size]);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    // The last event may arrive after the element is unmounted.
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < END_MARGIN_PX;
    // Growing content moves the end away, but only the user scrolls up.
    if (scrollTop < top.current - 1 && !atEnd) setFollowing(false);
    if (scrollTop > top.current && atEnd && canFollow && !pausedExplicitly.current) setFollowing(true);
    top.current = scrollTop;
  }, [scroller, canFollow]);
  const change = useCallback((to: boolean) => {
    pausedExplicitly.current = !to;
    setFollowing(to);
  }, []);
  return {
    following,
    pause: useCallback(() => change(false), [change]),
    follow: useCallback(() => change(true), [change]),
    onScroll,
  };
}
