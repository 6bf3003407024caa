/** Pure: what a stack may be called. The server decides; this only says so earlier. */

const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** The rule, for people. */
export const NAME_RULE = "Lower-case letters, digits, - and _; a letter or digit first; 63 at most";

/** What is wrong with a name, as a sentence; `undefined` when nothing is. */
export function nameMistake(name: string): string | undefined {
  if (name === "") return "The stack needs a name.";
  return NAME.test(name) ? undefined : `“${name}” cannot be the name of a stack: ${NAME_RULE.toLowerCase()}.`;
}
