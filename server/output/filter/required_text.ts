/** Pure: a text that every match of a pattern contains, by which most lines are skipped quickly. */

/** Shortest text that is worth searching for. */
const SHORTEST = 2;
/** Beginnings after which the syntax is not read any further, such as flags, quoted text and code points. */
const UNKNOWN = /^(?:\(\?|\\(?![dDwWsSbBAz]|[^A-Za-z\d]))/;
/** Quantifiers with which a part may be missing. */
const OPTIONAL = /^(?:[*?]|\{)/;

/** Returns the longest text that every match contains; `undefined` if it finds none. */
export function requiredText(pattern: string): string | undefined {
  const texts: string[] = [];
  let text = "";
  const end = () => {
    texts.push(text);
    text = "";
  };
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    if (UNKNOWN.test(rest) || rest.startsWith("|")) return undefined;
    const [part] = PART.exec(rest) ?? [];
    if (part === undefined) return undefined;
    const literal = literalOf(part);
    at += part.length;
    const isOptional = OPTIONAL.test(pattern.slice(at));
    if (literal === undefined || isOptional) end();
    else text += literal;
    const [quantifier = ""] = QUANTIFIER.exec(pattern.slice(at)) ?? [];
    at += quantifier.length;
    if (quantifier !== "") end();
  }
  end();
  const longest = texts.reduce((one, other) => other.length > one.length ? other : one);
  return longest.length >= SHORTEST ? longest : undefined;
}

/** A group without groups inside, a class, an escaped character, or any other character. */
const PART = /^(?:\((?:[^()[\]\\]|\\.)*\)|\[\^?(?:[^[\]\\])+\]|\\.|[^()[\]{}*+?|])/su;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

/** Returns the character that a part stands for; `undefined` for groups, classes, anchors and kinds of characters. */
function literalOf(part: string): string | undefined {
  if (part.startsWith("\\")) return /^\\[^a-z\d]$/isu.test(part) ? part.slice(1) : undefined;
  return /^[([.^$]/.test(part) ? undefined : part;
}
