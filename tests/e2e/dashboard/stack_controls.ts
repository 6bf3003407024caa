/** Controls of the pages of stacks. */
import type { Locator, Page } from "playwright-core";

/** The button with exactly this name. */
export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

/** Opens the menu of a stack, and chooses an entry. */
export async function choose(page: Page, name: string, entry: string): Promise<void> {
  await button(page, `More actions for ${name}`).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${entry}`) }).click();
}

/** Confirms the review of a deployment. */
export async function confirm(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: "Deploy" }).click();
}

/** Adopts the project of the page, once the review shows that nothing changes. */
export async function adopt(page: Page): Promise<void> {
  await button(page, "Adopt").click();
  const review = page.getByRole("dialog");
  await review.getByText("Nothing changes").waitFor();
  await review.getByRole("button", { name: "Adopt" }).click();
}

/**
 * Replaces the text of an editor.
 *
 * `Locator.fill` selects the old text in the document only. If the editor changes at that moment, for example because
 * a check has ended, it restores its own selection, and the new text is inserted into the old one.
 */
export async function replaceText(editor: Locator, text: string): Promise<void> {
  await editor.press("ControlOrMeta+a");
  await editor.page().keyboard.insertText(text);
}
