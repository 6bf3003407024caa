/**
 * A terminal whose output cannot act outside of it. Containers write its escape sequences, so those are ignored that
 * set or read the clipboard, the title or the colors, and those whose answer repeats what the container has sent.
 */
import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";

/** Commands for the title (0 to 2), the folder (7), notifications (9, 99, 777), colors, the clipboard (52) and others. */
const IGNORED_COMMANDS = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 46, 50, 51, 52, 60, 61],
  ...[99, 104, 105, 106, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 133, 633, 777, 1337],
];
/** Lines above the screen that can be scrolled to. */
const SCROLLBACK = 5000;

/** Options of a terminal. */
export interface GuardedOptions {
  readonly theme: ITheme;
  readonly fontFamily: string;
  /** Called with the address of a link that the user has clicked. */
  readonly onLink: (address: string) => void;
}

/** Returns a terminal and the addon that fits it to its element. */
export function guardedTerminal(
  { theme, fontFamily, onLink }: GuardedOptions,
): { readonly terminal: Terminal; readonly fit: FitAddon } {
  const terminal = new Terminal({
    theme,
    fontFamily,
    fontSize: 13,
    lineHeight: 1.2,
    scrollback: SCROLLBACK,
    cursorBlink: false,
    screenReaderMode: true,
    minimumContrastRatio: 4.5,
    // Only http and https; the label of a link can be any text, so the address is shown first.
    linkHandler: { activate: (_event, address) => onLink(address) },
    windowOptions: {},
  });
  ignoreCommands(terminal);
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  return { terminal, fit };
}

function ignoreCommands({ parser }: Terminal): void {
  const ignore = () => true;
  for (const command of IGNORED_COMMANDS) parser.registerOscHandler(command, ignore);
  // DECRQSS and termcap requests repeat what they ask about, DECRQM repeats a number.
  for (const intermediates of ["$", "+"]) parser.registerDcsHandler({ intermediates, final: "q" }, ignore);
  parser.registerCsiHandler({ intermediates: "$", final: "p" }, ignore);
  parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, ignore);
  // Operations of windows, such as a report of the title.
  parser.registerCsiHandler({ final: "t" }, ignore);
}
