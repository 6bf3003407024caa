/** Pure: text that is pasted into a terminal. */

/** Control characters but tab and line feed; removing characters creates no others, so one pass is complete. */
// deno-lint-ignore no-control-regex -- control characters are what it finds
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Returns a text without control characters but tabs and line breaks; they could end the paste, or be commands. */
export function pastedText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROLS, "");
}

/** Returns the number of lines that a shell would run or wait for. */
export function lineCount(text: string): number {
  return text.split("\n").length;
}
