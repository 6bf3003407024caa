/** Texts of the help. */

/** Texts that the dialog shows. */
export const HELP = {
  title: "Help",
  close: "Close",
  hint: "New here?",
  paragraphs: [
    "The first screen lists what needs attention: containers that fail, restart or are unhealthy, silent hosts, and full disks.",
    "CPU and memory are those of docker stats. 100 % CPU is one core, unless you choose the host in “View”. A bar shows the share of a limit. A gray 0 is zero, and a dash is unknown.",
    "Click a row to open its container, with logs and charts. Hover over a row for its actions and a checkbox to select several containers. On a phone, long-press a row. “Stack” opens the Compose stack.",
  ],
  shortcuts: "Shortcuts",
  keys: [
    ["/", "Search"],
    ["Esc", "Clear the search, or close a dialog"],
    ["Ctrl K", "Find a container, a stack or a page"],
    ["j k", "Next or previous container"],
    ["x", "Select a container; Shift+x selects a range"],
    ["g c", "Containers"],
    ["g s", "Stacks"],
    ["g l", "DockStat log"],
    ["g d", "Diagnostics"],
    ["g n", "Report"],
    ["?", "This help"],
  ],
} as const;
