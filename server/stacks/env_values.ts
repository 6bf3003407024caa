/** The values of a `.env` text are secrets: they are cut out of whatever Compose says. */

/** Shorter values would cut holes into innocent words. */
const SHORTEST = 4;

/** Cuts the values of an env text out of another text. */
export type Hide = (text: string) => string;

/** What hides the values of an env text. */
export function hideValues(env: string | undefined): Hide {
  const values = [...new Set((env ?? "").split(/\r?\n/).flatMap(valuesOf))]
    .filter((value) => value.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  return (text) => {
    // Compose quotes the line that it cannot read.
    let clean = text.replace(/(variable name near ).*$/s, "$1[redacted]");
    for (const value of values) clean = clean.replaceAll(value, "[redacted]");
    return clean;
  };
}

function valuesOf(line: string): string[] {
  const value = /^\s*(?:export\s+)?[^#=\s]+\s*[=:]\s*(.*?)\s*$/.exec(line)?.[1];
  if (value === undefined) return [];
  const bare = value.replace(/^(["'])(.*)\1$/, "$2");
  return [value, bare, bare.replaceAll("$$", "$")];
}
