/** Texts of the terminal. */

/** Texts that the terminal shows. */
export const TERMINAL_LABELS = {
  open: "Open terminal",
  opening: "Opening…",
  reconnect: "Reconnect",
  end: "End session",
  copy: "Copy selection",
  shell: "Shell",
  automatic: "bash, otherwise sh",
  command: "Command",
  commandHelp: "A program and its arguments, separated by spaces",
  other: "Other command",
  user: "User",
  userHelp: "Leave empty for the user of the image",
  name: (name: string) => `Terminal of ${name}`,
  leave: "Shift+F6 leaves the terminal.",
  ended: (code: number | null) =>
    code === null ? "The session has ended." : `The command ended with exit code ${code}.`,
  lost: "Connection lost. The command ends within a few seconds.",
  lostBecause: (reason: string) => `The terminal was closed: ${reason}.`,
  signedOut: "Your sign-in session has ended.",
  recorded:
    "DockStat records who opens a terminal, when, and for how long. It never records what you type or see.",
  reaches: "This container reaches its host:",
  simulated: "Simulated containers have no terminal.",
  desktop: "Docker Desktop has a terminal for its containers.",
  openInDesktop: "Open in Docker Desktop",
  desktopOther: "Docker Desktop opens terminals only in containers of its engine. Use DockStat in a browser.",
  notRunning: (name: string) => `${name} is not running. Start it to open a terminal.`,
  unavailable: "No terminal here",
  pasteTitle: "Paste several lines?",
  pasteText: (lines: number) => `The text has ${lines} lines. The shell may run each of them at once.`,
  paste: "Paste",
  linkTitle: "Open this link?",
  openLink: "Open link",
  keys: "Keys",
  newSession: "new session",
} as const;

/** Keys of the bar for phones: label, accessible name, and the text that they send. */
export const BAR_KEYS = [
  ["Esc", "Escape", "\x1b"],
  ["Tab", "Tab", "\t"],
  ["↑", "Arrow up", "\x1b[A"],
  ["↓", "Arrow down", "\x1b[B"],
  ["←", "Arrow left", "\x1b[D"],
  ["→", "Arrow right", "\x1b[C"],
] as const;
