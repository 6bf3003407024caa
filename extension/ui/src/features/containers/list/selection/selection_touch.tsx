import { type RefObject, useEffect } from "react";
import { LongPress } from "./long_press.ts";
import type { Selection } from "./selection.ts";

/** Props of {@linkcode SelectionTouch}. */
export interface SelectionTouchProps {
  readonly selection: Selection;
  /** Element with the rows. */
  readonly area: RefObject<HTMLElement>;
}

/** Selects rows by long presses; shows nothing. */
export default function SelectionTouch({ selection, area }: SelectionTouchProps) {
  useEffect(() => {
    if (area.current === null) return;
    const longPress = new LongPress(area.current, selection);
    return () => longPress[Symbol.dispose]();
  }, [selection, area]);
  return null;
}
