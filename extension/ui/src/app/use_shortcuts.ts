import { useEffect } from "react";
import { isTyping } from "../lib/browser/is_typing.ts";
import { goTo } from "../lib/route.ts";

/** Dialogs that shortcuts open. */
export type Overlay = "help" | "palette";

/** Views by the key that follows "g". */
const GO: ReadonlyMap<string, string> = new Map([
  ["c", "containers"],
  ["s", "stacks"],
  ["l", "log"],
  ["d", "diagnostics"],
  ["n", "report"],
]);
/** Longest time between "g" and the next key, ms. */
const SEQUENCE_MS = 1500;

/** Handles the shortcuts of the page; does nothing without a function that opens dialogs. */
export function useShortcuts(open: ((overlay: Overlay) => void) | undefined): void {
  useEffect(() => {
    if (open === undefined) return;
    let goAt = -Infinity;
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, timeStamp } = event;
      if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k") {
        event.preventDefault();
        return open("palette");
      }
      if (ctrlKey || metaKey || altKey || isTyping(target)) return;
      const view = timeStamp - goAt < SEQUENCE_MS ? GO.get(key) : undefined;
      goAt = key === "g" ? timeStamp : -Infinity;
      if (view !== undefined) goTo(view);
      else if (key === "?") open("help");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [open]);
}
