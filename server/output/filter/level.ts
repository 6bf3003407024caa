/** Pure: detects the level of a line of container output, in JSON, logfmt and plain text. */
import { levelOfJson } from "./json_level.ts";
import { asLevel, type OutputLevel } from "./level_names.ts";
import { levelOfPlainText } from "./plain_level.ts";

/** Longest beginning of a line that is read, characters. */
const LONGEST_READ = 16_384;
const ESCAPE = "\x1b";
/** Colors, titles and other commands to a terminal. */
// deno-lint-ignore no-control-regex -- matches commands to a terminal
const COMMANDS = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])/g;
const LOGFMT = /(?:^|\s)(?:level|lvl|severity|log\.level|loglevel)=(?:"(\w{1,12})"|(\w{1,12})(?=\s|$))/i;

/** Returns the level of a line; `undefined` if it does not state one. */
export function levelOf(message: string): OutputLevel | undefined {
  const text = withoutCommands(message.slice(0, LONGEST_READ));
  if (/^\s*\{/.test(text)) return levelOfJson(text);
  const [, quoted, bare] = LOGFMT.exec(text) ?? [];
  return asLevel(quoted ?? bare ?? "") ?? levelOfPlainText(text);
}

/** Removes commands to a terminal. */
export function withoutCommands(text: string): string {
  return text.includes(ESCAPE) ? text.replace(COMMANDS, "") : text;
}

/** Lines that continue the one before: stack traces, causes and indented text. */
const CONTINUATION =
  /^(?:\s|$|Caused by: |Suppressed: |\.{3} \d+ (?:more|common)|goroutine \d+ \[|created by |exit status \d|[\w.$/*()]+\(.*\)$|(?:[\w$]+\.)*[A-Z]\w*(?:Exception|Error|Warning)(?::|$))/;

/** Reports whether a line without a level belongs to the line before it, and with it has the level of that line. */
export function continues(message: string): boolean {
  return CONTINUATION.test(withoutCommands(message.slice(0, 512)));
}
