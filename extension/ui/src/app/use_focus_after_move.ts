import { useEffect, useRef } from "react";
import { mainElement } from "../components/main_element.ts";

/** Moves the focus to the heading of the content, or else to the content. */
export function focusContent(): void {
  const main = mainElement();
  const heading = main.querySelector<HTMLElement>("h1");
  if (heading !== null) heading.tabIndex = -1;
  (heading ?? main).focus({ preventScroll: true });
}

/** Moves the focus to the content after each move to another page, so that it is not lost with the old content. */
export function useFocusAfterMove(path: string): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    focusContent();
  }, [path]);
}
