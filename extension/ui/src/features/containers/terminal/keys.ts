/** Pure: the texts that keys send. */

/** Start of the sequences of arrows, and their form while a program has requested it. */
const [ARROW, APPLICATION_ARROW] = ["\x1b[", "\x1bO"];

/** Returns the text of a key of the bar; programs such as editors can request another form of the arrows. */
export function barKey(text: string, applicationMode: boolean): string {
  return applicationMode && text.startsWith(ARROW) ? APPLICATION_ARROW + text.slice(ARROW.length) : text;
}

/** Returns the control character of a letter, such as Ctrl-C; other texts are unchanged. */
export function controlled(text: string): string {
  const code = text.toUpperCase().charCodeAt(0);
  return text.length === 1 && code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : text;
}
