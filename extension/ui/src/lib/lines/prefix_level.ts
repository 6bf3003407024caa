/** Level of a plain log line, from the prefix that its logger writes. Words of the message do not count. */
import { type Level, levelOfName, levelOfSeverity } from "./level.ts";

/** Longest prefix that is searched, characters. */
const LONGEST = 200;
/** Largest number of parts before the level, such as time, thread and logger. */
const MOST_PARTS = 8;

/** Level names that count without brackets; only in upper case, so that no word of a message is one. */
const UPPER = /^[A-Z]{3,13}$/;
/** Lower-case names that count when a colon follows them, as in "warn: Microsoft.Hosting[0]" and "error: no space". */
const WITH_COLON =
  /^(?:fatal|crit|critical|error|err|fail|warning|warn|info|notice|debug|dbug|trace|trce|panic)$/i;

/** Formats that have a letter or sign instead of a name. */
const SHORT_FORMS: readonly (readonly [RegExp, Readonly<Record<string, Level>>])[] = [
  // klog: E1125 20:58:48.015000       1 main.go:12] message
  [/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ \S+:\d+\] /, {
    I: "info",
    W: "warning",
    E: "error",
    F: "fatal",
  }],
  // Redis: 1:M 25 Nov 2026 20:58:48.015 # message
  [/^\d+:[XCSM] \d\d \w{3} \d{4} [\d:.]+ ([.\-*#]) /, {
    ".": "debug",
    "-": "debug",
    "*": "info",
    "#": "warning",
  }],
  // Ruby: E, [2026-11-25T20:58:48.015000 #1] ERROR -- : message
  [/^([DIWEF]), \[/, { D: "debug", I: "info", W: "warning", E: "error", F: "fatal" }],
];

/** Parts of a prefix that may precede the level. */
const SKIPPED = [
  // Times, dates, numbers, and process ids such as 31#31:
  /^[+-]?\d[\w:.,/+#-]*/,
  // Names of months, days and time zones.
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|UTC|GMT|CES?T|AM|PM|E[SD]T|P[SD]T)\b,?/,
  /^\[[^\]]{0,80}\]:?/,
  /^\([^)]{0,80}\)/,
  /^(?:[-–—|:•>*]+)(?=\s|$)/,
  // A logger's name between separators, as in "- app.db - ERROR - message".
  /^[\w.$/@-]{1,60}(?=\s+[-–—|:]\s)/,
];

/** Returns the level that a plain line states in its prefix; `undefined` when it states none. */
export function prefixLevel(line: string): Level | undefined {
  const text = line.slice(0, LONGEST);
  const short = shortLevel(text) ?? syslogLevel(text);
  if (short !== undefined) return short;
  let rest = text.trimStart();
  for (let part = 0; part < MOST_PARTS && rest !== ""; part++) {
    const level = levelAt(rest);
    if (level !== undefined) return level;
    const skipped = SKIPPED.map((pattern) => pattern.exec(rest)?.[0]).find((found) => found !== undefined);
    if (skipped === undefined) return undefined;
    rest = rest.slice(skipped.length).trimStart();
  }
  return undefined;
}

function shortLevel(text: string): Level | undefined {
  for (const [pattern, levels] of SHORT_FORMS) {
    const level = levels[pattern.exec(text)?.[1] ?? ""];
    if (level !== undefined) return level;
  }
  return undefined;
}

/** Returns the level of a priority at the start, such as `<11>`. */
function syslogLevel(text: string): Level | undefined {
  const priority = /^<(\d{1,3})>/.exec(text)?.[1];
  return priority === undefined ? undefined : levelOfSeverity(Number(priority) & 7);
}

/** Returns the level that begins a text. */
function levelAt(text: string): Level | undefined {
  return bracketedLevel(text) ?? wordLevel(text);
}

/** Returns the level in brackets, as in "[error]", "[12:00:01 ERR]", "[WARNING/MainProcess]" and "(info)". */
function bracketedLevel(text: string): Level | undefined {
  const inner = /^[[(<]([^\])>]{3,60})[\])>]/.exec(text)?.[1]?.trim();
  if (inner === undefined) return undefined;
  if (/^[A-Za-z]+$/.test(inner)) return levelOfName(inner);
  const name = /^[\d:.,/TZ+\s-]+(?::\s)?([A-Z]{3,13})(?:\/\S*)?$/.exec(inner)?.[1] ??
    /^([A-Z]{3,13})\/\S*$/.exec(inner)?.[1];
  return name === undefined ? undefined : levelOfName(name);
}

function wordLevel(text: string): Level | undefined {
  const [, word = "", end = ""] = /^"?([A-Za-z]{3,13})([^\w]|$)/.exec(text) ?? [];
  // TRACE is also a method of HTTP, and "npm ERR!" is a level.
  if (word === "TRACE" && /^TRACE \//.test(text)) return undefined;
  if (word === "npm") {
    return /^npm (ERR!|WARN|error|warn) /i.test(text)
      ? levelOfName(text.slice(4, 7)) ?? "warning"
      : undefined;
  }
  if (UPPER.test(word) && end !== "-" && end !== "=") return levelOfName(word);
  return end === ":" && WITH_COLON.test(word) ? levelOfName(word) : undefined;
}
