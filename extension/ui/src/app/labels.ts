/** Texts of the page's frame. */
import type { ThemeChoice } from "./theme_choice.ts";

/** Names of the views in the navigation, by route. */
export const VIEWS = [
  ["containers", "Containers"],
  ["stacks", "Stacks"],
  ["logs", "Logs"],
  ["alerts", "Alerts"],
] as const;

/** Names of the views in the menu of the gear, by route. */
export const GEAR_VIEWS = [
  ["hosts", "Hosts"],
  ["swarm", "Swarm"],
  ["report", "Report"],
  ["updates", "Image updates"],
  ["resources", "Images, volumes, networks"],
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

/** Names of the themes. */
export const THEME_LABELS: Readonly<Record<ThemeChoice, string>> = {
  system: "System theme",
  light: "Light theme",
  dark: "Dark theme",
};

/** Texts that the page's frame shows. */
export const LABELS = {
  brand: "DockStat",
  connections: "Connections",
  demo: "Demo data",
  demoShort: "Demo",
  failures: (count: number) => `, ${count} ${count === 1 ? "operation has" : "operations have"} failed`,
  firing: (count: number) => `, ${count} firing`,
  help: "Help and shortcuts",
  install: "Install as an app",
  installHelp: {
    insecure: "Requires https or a local address such as localhost.",
    menu: "Use the browser menu, if the browser can install apps.",
  },
  problems: (count: number) => `, ${count} ${count === 1 ? "needs" : "need"} attention`,
  readOnly: "Read-only",
  readOnlyHelp: "This server is read-only. Changes are disabled.",
  running: (count: number) => `, ${count} ${count === 1 ? "operation" : "operations"} running`,
  settings: "Settings",
  signIn: "Sign in",
  signInToChange:
    "To read logs and make changes, enter the token that “dockstat token” prints, in a checkout “deno task token”.",
  signInToRead:
    "To read logs and files, enter the token that “dockstat token” prints, in a checkout “deno task token”.",
  signInToView: "Enter the token that “dockstat token” prints, in a checkout “deno task token”.",
  signOut: "Sign out",
  skip: "Skip to content",
  token: "Token",
  views: "Views",
} as const;
