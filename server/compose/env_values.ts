/** Redacts the values of a `.env` text, which are secrets, from the output of Compose. */

/** Minimum length of a redacted value; shorter ones would match harmless words. */
const SHORTEST = 4;

/** Redacts the values of an env text from another text. */
export type Redact = (text: string) => string;

/**
 * Creates the function that redacts the values of an env text.
 *
 * @param readable Names of images, containers and services: a value that is a part of one is shown, because the name is
 *   public.
 */
export function redactEnvValues(env: string | undefined, readable: readonly string[] = []): Redact {
  const values = [...new Set((env ?? "").split(/[\r\n]+/).flatMap(valuesOf))]
    .filter((value) => value.length >= SHORTEST && !readable.some((name) => name.includes(value)))
    .sort((one, other) => other.length - one.length);
  return (text) => {
    // Compose quotes the line that it cannot parse, or what it takes for a name.
    let clean = text.replace(/(variable name (?:near |(?=["']))).*$/s, "$1[redacted]");
    for (const value of values) clean = clean.replaceAll(value, "[redacted]");
    return clean;
  };
}

/** Returns every reading of a line's value: raw, without quotes, without comment, unescaped, or as part of a longer one. */
function valuesOf(line: string): string[] {
  const [, stated = line] = /^\s*(?:export\s+)?[^#=:\s]+\s*[=:](.*)$/.exec(line) ?? [];
  const value = stated.trim();
  if (value === "" || line.trimStart().startsWith("#")) return [];
  const quoted = /^(["'])(.*?)\1/.exec(value)?.[2];
  const defaults = [...value.matchAll(/\$\{\w{1,100}:?[-+]([^}]{1,1024})\}/g)].map(([, text]) => text!);
  const readings = [
    value,
    withoutComment(value),
    quoted ?? "",
    value.replace(/^["']|["']$/g, ""),
    ...defaults,
  ];
  const unquoted = (text: string) => text.replace(/\\(["'\\$])/g, "$1");
  return readings.flatMap((text) => [text, text.replaceAll("$$", "$"), unquoted(text), unescaped(text)])
    // Engines and Compose quote the text that they reject.
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
}

const ESCAPED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Undoes the escapes of a value in double quotes, as Compose does; unknown ones stay. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:0([0-7]{1,3})|([abfnrtv"\\$]))/g,
    (_, octal?: string, letter = "") =>
      octal === undefined ? ESCAPED[letter] ?? letter : String.fromCharCode(parseInt(octal, 8)),
  );
}

function withoutComment(value: string): string {
  const at = value.indexOf(" #");
  return at < 0 ? value : value.slice(0, at).trimEnd();
}
