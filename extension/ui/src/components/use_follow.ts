import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Whether a list stays at its end, and what changes that. */
export interface Follow {
  readonly following: boolean;
  readonly pause: () => void;
  readonly follow: () => void;
  /** Belongs to the element that scrolls. */
  readonly onScroll: () => void;
}

/** So near to the end counts as the end, pixels. */
const NEAR = 16;

/**
 * Keeps an element at its end while it grows, until somebody scrolls up; scrolled to the end again it goes on. What was
 * paused by {@linkcode Follow.pause} goes on by {@linkcode Follow.follow} alone.
 *
 * @param size Changes with whatever changes the height of the content.
 */
export function useFollow(scroller: RefObject<HTMLElement>, size: unknown): Follow {
  const [following, setFollowing] = useState(true);
  const top = useRef(0);
  const onPurpose = useRef(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!following || element === null) return;
    element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
  }, [scroller, following, size]);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    // The last event may come when the element is already gone.
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    // Content that grows moves the end away, but only a person moves up.
    if (scrollTop < top.current - 1 && !atEnd) setFollowing(false);
    if (scrollTop > top.current && atEnd && !onPurpose.current) setFollowing(true);
    top.current = scrollTop;
  }, [scroller]);
  const change = useCallback((to: boolean) => {
    onPurpose.current = !to;
    setFollowing(to);
  }, []);
  return {
    following,
    pause: useCallback(() => change(false), [change]),
    follow: useCallback(() => change(true), [change]),
    onScroll,
  };
}
