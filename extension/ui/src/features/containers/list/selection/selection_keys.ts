import { useEffect } from "react";
import { isTyping } from "../../../../lib/browser/is_typing.ts";
import type { Selection } from "./selection.ts";

/** Selects the focused row by "x", a range by Shift and "x", and ends the selection by Escape. */
export function useSelectionKeys(selection: Selection): void {
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
}

/** Returns the key of the row around an element. */
export function keyOfRow(element: Element | null): string | undefined {
  return element?.closest('[role="row"]')?.querySelector<HTMLElement>(".select")?.dataset["key"];
}

function isInBox(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".select") !== null;
}
