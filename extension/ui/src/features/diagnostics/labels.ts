/** Texts of the diagnostics. */

/** Texts that the view shows. */
export const LABELS = {
  copied: "Report copied.",
  copyFailed: "The browser denied access to the clipboard. Select the text below and copy it.",
  copyReport: "Copy report",
  none: "None",
  subtitle: "Paste this into a bug report. It contains host addresses, but no token or password.",
  title: "Diagnostics",
} as const;

/** Titles of the report's sections. */
export const SECTIONS = {
  versions: "Versions",
  connection: "Connection",
  sockets: "Sockets",
  hosts: "Hosts",
  page: "Page",
} as const;

/** Values in the report. */
export const VALUES = {
  fullAccess: "full",
  loading: "loading",
  noAnswer: "no answer yet",
  noPort: "no published port",
  noSession: "none (only the Docker Desktop tab uses a ticket)",
  readOnly: "--read-only",
  simulated: "simulated containers",
  viewAccess: "view only, without the token",
} as const;

/** Returns the version of a page that differs from its server's. */
export function outdatedPage(version: string): string {
  return `${version}, differs from the server. Reload the page.`;
}
