import { type RefObject, useEffect } from "react";
import { isTyping } from "../../../lib/browser/is_typing.ts";

/** Steps by key; the arrows work while a row has the focus. */
const STEPS: ReadonlyMap<string, number> = new Map([["j", 1], ["k", -1], ["ArrowDown", 1], ["ArrowUp", -1]]);

/** Moves the focus between the rows of a table with "j", "k" and the arrows. */
export function useRowKeys(table: RefObject<HTMLElement>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = STEPS.get(event.key);
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      const links = [...table.current?.querySelectorAll<HTMLElement>("a.cover") ?? []];
      const at = links.findIndex((link) => link === document.activeElement);
      if (at < 0 && event.key.startsWith("Arrow")) return;
      const next = at < 0 ? links[0] : links[at + step];
      next?.focus();
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [table]);
}
