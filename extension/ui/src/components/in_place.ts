/** The main part of the page: what is opened from within it stays there, where readers of screens look for it. */
export function mainPart(): HTMLElement {
  return document.querySelector("main") ?? document.body;
}

/** For fields that open a menu. */
export const IN_PLACE = { select: { MenuProps: { container: mainPart } } } as const;
