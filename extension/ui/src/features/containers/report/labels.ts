/** Texts of the report. */

/** Texts that the report shows. */
export const REPORT_LABELS = {
  title: "Report",
  region: "Report, scrollable",
  ranges: "Time range",
  loading: "Loading the report",
  notLoaded: "Cannot load the report",
  retry: "Retry",
  quietTitle: "All quiet",
  quietText: "Nothing restarted, failed, grew or ran out in this time.",
  incomplete: "Sign in to see messages, and memory and disks that grew or were full.",
  logs: "Logs",
  logsOf: (name: string) => `Logs of ${name} at that time`,
  charts: "Charts",
  chartsOf: (name: string) => `Charts of ${name} at that time`,
  span: (since: string, until: string) => `${since} to ${until}`,
  removed: "removed since",
} as const;

/** Names of the ranges. */
export const RANGE_LABELS = { "12h": "12 hours", "24h": "24 hours", "7d": "7 days" } as const;

/** Headings of the sections. */
export const SECTION_LABELS = {
  ranOut: "Ran out",
  failed: "Failed",
  restarted: "Restarted",
  grew: "Grew",
} as const;

/** Texts of the link on the first screen. */
export const NIGHT_LABELS = {
  night: "Last night",
  hours: "Last 12 h",
  quiet: "all quiet",
} as const;
