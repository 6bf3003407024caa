/** Returns the page's main landmark, which contains menus so that screen readers find them there. */
export function mainElement(): HTMLElement {
  return document.querySelector("main") ?? document.body;
}

/** Slot props of select fields that open their menu inside {@linkcode mainElement}. */
export const MENU_IN_MAIN = { select: { MenuProps: { container: mainElement } } } as const;
