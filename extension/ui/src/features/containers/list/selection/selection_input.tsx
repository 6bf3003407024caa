import { type RefObject, useEffect } from "react";
import { isTyping } from "../../../../lib/browser/is_typing.ts";
import { keyOfRow, LongPress } from "./long_press.ts";
import type { Selection } from "./selection.ts";

/** Props of {@linkcode SelectionInput}. */
export interface SelectionInputProps {
  readonly selection: Selection;
  /** Element with the rows. */
  readonly area: RefObject<HTMLElement>;
}

/** Selects rows by keys ("x", and Escape to end) and by long presses; shows nothing. */
export default function SelectionInput({ selection, area }: SelectionInputProps) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A checkbox takes no text.
      const types = isTyping(event.target) && !isInBox(event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || types) return;
      if (event.key === "Escape") selection.clear();
      const key = event.key.toLowerCase() === "x" ? keyOfRow(document.activeElement) : undefined;
      if (key !== undefined) selection.toggle(key, event.shiftKey);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [selection]);
  useEffect(() => {
    if (area.current === null) return;
    const longPress = new LongPress(area.current, selection);
    return () => longPress[Symbol.dispose]();
  }, [selection, area]);
  return null;
}

function isInBox(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".select") !== null;
}
