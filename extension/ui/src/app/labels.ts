/** Texts of the page's frame. */

/** Names of the views in the navigation, by route. */
export const VIEWS = [
  ["containers", "Containers"],
  ["stacks", "Stacks"],
  ["log", "DockStat log"],
  ["diagnostics", "Diagnostics"],
] as const;

/** Short names of a socket's phases. */
export const PHASES = {
  connecting: "connecting",
  open: "live",
  waiting: "disconnected",
  refused: "refused",
} as const;

/** Texts that the page's frame shows. */
export const LABELS = {
  brand: "DockStat",
  connections: "Connections",
  demo: "Demo data",
  readOnly: "Read-only server. Changes are disabled.",
  signIn: "Sign in",
  signInToView: "Sign in to use DockStat. “dockstat token” prints the token.",
  signOut: "Sign out",
  token: "Token",
  viewOnly: "View only. Sign in to read logs and make changes; “dockstat token” prints the token.",
  views: "Views",
} as const;
