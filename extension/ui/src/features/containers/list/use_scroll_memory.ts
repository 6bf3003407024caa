import { type RefObject, useEffect, useLayoutEffect } from "react";

/** Scroll positions of views that were left, by their address, px. */
const positions = new Map<string, number>();
/** Maximum number of positions. */
const MAX_POSITIONS = 50;

/** Returns the scroll position that the current address had when it was left, px; 0 for a new one. */
export function rememberedTop(): number {
  return positions.get(location.hash) ?? 0;
}

/**
 * Restores the scroll position that an address had when it was left.
 *
 * @param isReady False until the element has its content.
 */
export function useScrollMemory(scroller: RefObject<HTMLElement>, isReady: boolean): void {
  useLayoutEffect(() => {
    const top = rememberedTop();
    // A new element is at the top already, and setting that would lay out the page once more.
    if (isReady && scroller.current !== null && top > 0) scroller.current.scrollTop = top;
  }, [scroller, isReady]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const remember = () => {
      // The newest address comes last, so that the oldest is dropped.
      positions.delete(location.hash);
      positions.set(location.hash, element.scrollTop);
      if (positions.size > MAX_POSITIONS) positions.delete([...positions.keys()][0]!);
    };
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [scroller]);
}
