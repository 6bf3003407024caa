/** Pure: the command of a terminal, from what the user chose or typed. */

/** Shells that the form offers; an empty command is the first that exists. */
export const SHELLS = ["", "bash", "sh", "ash", "zsh"] as const;

/** Splits a typed command at spaces; quotes keep them, and nothing is expanded. */
export function toCommand(text: string): string[] {
  const parts = text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g);
  return Array.from(parts, ([part]) => part.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
