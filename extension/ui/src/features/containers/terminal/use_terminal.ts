/** A terminal in an element of the page, and its session. */
import { useTheme } from "@mui/material";
import type { FitAddon } from "@xterm/addon-fit";
import type { Terminal } from "@xterm/xterm";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { TerminalStart } from "../../../../../../server/protocol/terminal/frames.ts";
import { MONOSPACE } from "../../../components/design/tokens.ts";
import { guardedTerminal } from "./guarded_terminal.ts";
import { TERMINAL_LABELS } from "./labels.ts";
import { pastedText } from "./pasted_text.ts";
import { type OpenSocket, TerminalSession } from "./terminal_session.ts";
import { terminalTheme } from "./terminal_theme.ts";

/** Most columns and rows that the server accepts. */
const MOST_CELLS = 500;

/** Ends the alternate screen; elsewhere it would move the cursor to an old place. */
const MAIN_SCREEN = "\x1b[?1049l";
/** Sequences that end reports of the mouse, bracketed pastes and colors, and show the cursor. */
const NORMAL_MODES = "\x1b[?1000;1002;1003;1004;1006;2004;1l\x1b[!p\x1b[?25h\x1b[0m";

/** Callbacks of a terminal. */
export interface TerminalEvents {
  /** Called with pasted text, without control characters. */
  readonly onPaste: (text: string) => void;
  readonly onLink: (address: string) => void;
  /** Returns what to send for a typed text, such as the control character of a letter. */
  readonly onType: (text: string) => string;
}

/** A terminal on the page. */
export interface ShownTerminal {
  readonly terminal: Terminal;
  /** Sends a text as if it was typed. */
  readonly type: (text: string) => void;
  /** Starts a session below what is shown. */
  readonly start: (open: OpenSocket, command: Pick<TerminalStart, "cmd" | "user">) => TerminalSession;
}

/** Shows a terminal in an element, and keeps its size and colors up to date. */
export function useTerminal(
  element: RefObject<HTMLElement>,
  name: string,
  events: TerminalEvents,
): ShownTerminal | undefined {
  const [shown, setShown] = useState<ShownTerminal>();
  const { palette: { mode } } = useTheme();
  const latest = useRef(events);
  latest.current = events;
  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    const opened = open(place, name, mode, latest);
    setShown(opened.shown);
    return () => opened.close();
  }, [element, name]);
  useEffect(() => {
    if (shown !== undefined) shown.terminal.options.theme = terminalTheme(mode);
  }, [shown, mode]);
  return shown;
}

function open(
  place: HTMLElement,
  name: string,
  mode: "light" | "dark",
  events: RefObject<TerminalEvents>,
): { readonly shown: ShownTerminal; readonly close: () => void } {
  const { terminal, fit } = guardedTerminal({
    theme: terminalTheme(mode),
    fontFamily: MONOSPACE,
    onLink: (address) => events.current?.onLink(address),
  });
  terminal.open(place);
  terminal.textarea?.setAttribute("aria-label", TERMINAL_LABELS.name(name));
  const stop = new AbortController();
  listen(place, terminal, stop.signal, (text) => events.current?.onPaste(text));
  const observer = fitted(place, terminal, fit);
  let session: TerminalSession | undefined;
  const type = (text: string) => session?.send(new TextEncoder().encode(text));
  terminal.onData((text) => type(events.current?.onType(text) ?? text));
  terminal.onBinary((data) => session?.send(Uint8Array.from(data, (one) => one.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => session?.resize([cols, rows]));
  const start: ShownTerminal["start"] = (openSocket, command) => {
    // The last session may have ended in a program that uses the whole screen.
    if (session !== undefined) {
      const leave = terminal.buffer.active.type === "alternate" ? MAIN_SCREEN : "";
      terminal.write(`${leave}${NORMAL_MODES}\r\n\x1b[2m${TERMINAL_LABELS.newSession}\x1b[0m\r\n`);
    }
    session?.[Symbol.dispose]();
    const write = (bytes: Uint8Array, then: () => void) => terminal.write(bytes, then);
    session = new TerminalSession(openSocket, command, [terminal.cols, terminal.rows], write);
    terminal.focus();
    return session;
  };
  const close = () => {
    stop.abort();
    observer.disconnect();
    session?.[Symbol.dispose]();
    terminal.dispose();
  };
  return { shown: { terminal, type, start }, close };
}

/** Fits a terminal to its element. */
function fitted(place: HTMLElement, terminal: Terminal, fit: FitAddon): ResizeObserver {
  const resize = () => {
    const { cols, rows } = fit.proposeDimensions() ?? {};
    // A hidden terminal has no size, and keeps its last one.
    if (cols && rows) terminal.resize(Math.min(cols, MOST_CELLS), Math.min(rows, MOST_CELLS));
  };
  resize();
  const observer = new ResizeObserver(resize);
  observer.observe(place);
  return observer;
}

/** Takes pasted and dropped text before the terminal does, and lets the keyboard leave it. */
function listen(
  place: HTMLElement,
  terminal: Terminal,
  signal: AbortSignal,
  onPaste: (text: string) => void,
): void {
  const take = (event: Event, data: DataTransfer | null) => {
    event.preventDefault();
    event.stopPropagation();
    const text = pastedText(data?.getData("text/plain") ?? "");
    if (text !== "") onPaste(text);
  };
  place.addEventListener("paste", (event) => take(event, event.clipboardData), { capture: true, signal });
  place.addEventListener("drop", (event) => take(event, event.dataTransfer), { capture: true, signal });
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.key !== "F6" || !event.shiftKey) return true;
    if (event.type === "keydown") terminal.blur();
    return false;
  });
}
