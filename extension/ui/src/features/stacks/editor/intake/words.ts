/** Pure: the words of one shell command; nothing in them is expanded. */

const OPERATORS: ReadonlySet<string> = new Set([";", "&", "|", "<", ">", "\n", "`"]);

/** Splits a command at spaces outside of quotes; `undefined` for several commands, a redirection or an open quote. */
export function words(command: string): readonly string[] | undefined {
  const found: string[] = [];
  let [word, quote] = [undefined as string | undefined, ""];
  for (let at = 0; at < command.length; at++) {
    const letter = command[at]!;
    if (quote === "'" && letter !== "'" || quote === '"' && letter !== '"' && letter !== "\\") {
      word = (word ?? "") + letter;
    } else if (letter === quote) quote = "";
    else if (letter === "\\") word = (word ?? "") + (command[++at] ?? "");
    else if (letter === "'" || letter === '"') [quote, word] = [letter, word ?? ""];
    else if (OPERATORS.has(letter)) return undefined;
    else if (!/\s/.test(letter)) word = (word ?? "") + letter;
    else if (word !== undefined) {
      found.push(word);
      word = undefined;
    }
  }
  if (quote !== "") return undefined;
  return word === undefined ? found : [...found, word];
}
