/** Pure: the level of a line in plain text. Only its beginning decides, so that words of the message do not count. */
import { asLevel, type OutputLevel, syslogLevel } from "./level_names.ts";

/** Characters of a line that may have its level. */
const HEAD = 160;
/** Number of words before a level. */
const MOST_WORDS = 10;

/** Beginnings that some programs write, and their levels by the first group. */
const FORMATS: readonly (readonly [RegExp, (text: string) => OutputLevel | undefined])[] = [
  // klog: "W0801 12:00:00.000000       1 main.go:42] …"
  [/^([IWEF])\d{4} \d\d:\d\d:\d\d/, byLetter],
  // Ruby: "E, [2026-08-01T12:00:00 #1] ERROR -- : …"
  [/^([DIWEF]), \[/, byLetter],
  // Redis and Valkey: "1:M 01 Aug 2026 12:00:00.000 # …"
  [/^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ ([.*#-]) /, byMark],
  // syslog: "<3>…"
  [/^<(\d{1,3})>/, (number) => syslogLevel(Number(number) & 7)],
  // npm: "npm ERR! …"
  [/^npm (ERR|WARN|error|warn)\b/, asLevel],
  // Crashes.
  [/^(panic): /, asLevel],
  [
    /^(Traceback \(most recent call last\):|Exception in thread |Unhandled exception\b|Uncaught )/,
    () => "error",
  ],
];

/** Words of dates, and separators. */
const FILLER =
  /^(?:[-|:•>]+|UTC|GMT|CET|CEST|AM|PM|Z|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;
const SEPARATOR = /^[-|:]+$/;

/** Returns the level of a line; `undefined` if its beginning states none. */
export function levelOfPlainText(text: string): OutputLevel | undefined {
  const head = text.slice(0, HEAD).trimStart();
  for (const [format, level] of FORMATS) {
    const [, found] = format.exec(head) ?? [];
    if (found !== undefined) return level(found);
  }
  // Brackets are separate words even without a space between them; padding inside them is removed.
  const spaced = head.replaceAll("][", "] [").replaceAll(/\s{1,8}\]/g, "]");
  return levelOfWords(spaced.split(/\s+/, MOST_WORDS));
}

/** Reads words until one has a level, or is not part of what programs write before a level. */
function levelOfWords(words: readonly string[]): OutputLevel | undefined {
  let bracket = false;
  for (const [index, word] of words.entries()) {
    const level = levelOfWord(word, bracket, index === 0);
    if (level !== undefined) return level;
    bracket = (bracket || /^[[(<]/.test(word)) && !/[\])>]:?$/.test(word);
    const isPrefix = bracket || /^[[(<].*[\])>]:?$/.test(word) || /[\])>]:?$/.test(word) || /\d/.test(word) ||
      FILLER.test(word) || SEPARATOR.test(words[index + 1] ?? "");
    if (!isPrefix) return undefined;
  }
  return undefined;
}

/** Returns the level of a word: in capitals, in brackets in either case, or with a colon. */
function levelOfWord(word: string, bracket: boolean, isFirst: boolean): OutputLevel | undefined {
  const [, open = "", name = "", close = ""] =
    /^([[(<|]+[\w.-]{1,40}:(?=[a-z])|[[(<|]*)([A-Za-z]{3,13}\d?)([\])>:|!,/].*)?$/.exec(word) ?? [];
  const level = asLevel(name);
  if (level === undefined) return undefined;
  const enclosed = bracket || open !== "" && /^[\])>|]/.test(close);
  if (enclosed) return level;
  if (name === name.toUpperCase()) return isWhole(close) ? level : undefined;
  // "error: …", "Warning: …"; words of sentences, such as "information: …", do not count.
  const isKnown = /^(?:trace|trce|debug|dbug|info|warn|warning|error|err|fail|fatal|crit|critical)$/i.test(
    name,
  );
  return close.startsWith(":") && isKnown && (close === ":" || isFirst) ? level : undefined;
}

/** Reports whether nothing but punctuation, or a name after a colon or slash, follows a level. */
function isWhole(close: string): boolean {
  return close === "" || /^[\])>:|,!]+$/.test(close) || /^[:/\]|]/.test(close);
}

function byLetter(letter: string): OutputLevel | undefined {
  return ({ D: "debug", I: "info", W: "warn", E: "error", F: "fatal" } as const)[letter];
}

function byMark(mark: string): OutputLevel | undefined {
  return ({ ".": "debug", "-": "debug", "*": "info", "#": "warn" } as const)[mark];
}
