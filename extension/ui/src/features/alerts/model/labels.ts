/** Texts of the pages about alerts. */
import type { AlertState } from "../../../../../../server/protocol/alerts/alert.ts";
import type { ChannelKind, DeliveryOutcome } from "../../../../../../server/protocol/alerts/channel.ts";
import type { Metric, WatchedState } from "../../../../../../server/protocol/alerts/rule.ts";

/** Names of the states of an alert. */
export const STATE_LABELS: Readonly<Record<AlertState, string>> = {
  firing: "Firing",
  acknowledged: "Acknowledged",
  silenced: "Silenced",
  unknown: "Unknown",
  resolved: "Resolved",
};

/** Names of the states that a rule watches. */
export const WATCHED_LABELS: Readonly<Record<WatchedState, string>> = {
  unhealthy: "Health check fails",
  failed: "Exits with an error",
  "restart-loop": "Keeps restarting",
  oom: "Runs out of memory",
  "host-down": "Host cannot be read",
  "disk-full": "Disk is nearly full",
};

/** Names of numbers, with their unit. */
export const METRIC_LABELS: Readonly<Record<Metric, string>> = {
  cpu: "CPU (percent of a core)",
  memory: "Memory (percent of the limit)",
  memoryBytes: "Memory (bytes)",
  network: "Network (bytes per second)",
};

/** Names of numbers, and units of their limits, in sentences. */
export const LIMIT_LABELS: Readonly<Record<Metric, readonly [name: string, unit: string]>> = {
  cpu: ["CPU", " % of a core"],
  memory: ["Memory", " % of the limit"],
  memoryBytes: ["Memory", ""],
  network: ["Network", " per second"],
};

/** Names of the kinds of channels. */
export const CHANNEL_LABELS: Readonly<Record<ChannelKind, string>> = {
  webhook: "Webhook",
  ntfy: "ntfy",
  gotify: "Gotify",
  discord: "Discord",
  slack: "Slack",
  telegram: "Telegram",
  matrix: "Matrix",
  email: "Email",
  browser: "Browser",
};

/** Sentences about the outcome of a test. */
export const OUTCOME_LABELS: Readonly<Record<DeliveryOutcome, string>> = {
  delivered: "Delivered",
  refused: "Refused by the server",
  blocked: "Blocked: outbound in dockstat.yaml does not allow the address",
  "no-secret": "Not sent: a variable or file of this channel cannot be read; the log names it",
  unreachable: "Unreachable",
  timeout: "No answer within 10 s",
};

/** Other texts. */
export const LABELS = {
  failing: (outcome: string, time: string) => `Deliveries have failed since ${time}. ${outcome}`,
  title: "Alerts",
  views: "Views of alerts",
  alerts: "Alerts",
  rules: "Rules",
  channels: "Channels",
  firing: "Now",
  past: "Past",
  nothing: "No alerts",
  nothingText: "No rule has fired.",
  nothingNow: "Nothing is wrong.",
  acknowledge: "Acknowledge",
  acknowledgeHelp: "Stops repeated messages. The recovery is still sent.",
  silence: "Silence for 1 h",
  silenceHelp: "Only the recovery is sent for an hour.",
  silencedUntil: (time: string) => `Silenced until ${time}`,
  log: "Log",
  matches: (count: number) => `${count} matches`,
  logAt: (time: string) => `Log at ${time}`,
  showCurve: "Show curve",
  hideCurve: "Hide curve",
  noCurve: "No history of this time.",
  curve: (label: string, from: string, to: string) => `${label} from ${from} to ${to}`,
  peak: (label: string, value: string) => `${label} up to ${value}`,
  limit: (value: string) => `limit ${value}`,
  valueNow: (value: string) => `now ${value}`,
  valueLast: (value: string) => `last ${value}`,
  since: (time: string, span: string) => `since ${time}, ${span}`,
  until: (span: string) => `for ${span}`,
  addRule: "Add rule",
  editRule: (name: string) => `Edit rule ${name}`,
  deleteRule: (name: string) => `Delete rule ${name}`,
  enabled: (name: string) => `Enable rule ${name}`,
  noRules: "No rules",
  noRulesText: "Add a rule to be notified when something breaks.",
  addChannel: "Add channel",
  editChannel: (name: string) => `Edit channel ${name}`,
  deleteChannel: (name: string) => `Delete channel ${name}`,
  noChannels: "No channels",
  noChannelsText: "Alerts are shown here. Add a channel to have them delivered.",
  test: "Send test",
  testing: "Sending…",
  ofFile: "in dockstat.yaml",
  save: "Save",
  cancel: "Cancel",
  allowNotifications: "Allow notifications",
  notificationsOn: "This browser shows notifications while DockStat is open.",
  testNotice: "This is a test message from DockStat",
  notificationsDenied: "This browser does not allow notifications here.",
  deliverTo: "Deliver to",
  deliverAll: "Deliver the alerts of all rules here",
  edit: "Edit",
  delete: "Delete",
  signIn: "Sign in to see rules and channels.",
  failed: "Could not save",
  noDelivery: "shown here only",
  more: "More",
  quietHelp: "Messages wait until the quiet hours are over.",
  restartsHelp:
    "Restarts the container when the alert fires, at most this often. Leave it empty to never restart.",
  secretHelp:
    "file:PATH reads the first line of a file on the server. env:NAME reads an environment variable, which must be set " +
    "before DockStat starts. The value itself is not stored.",
  bytesHelp: "A size such as 512 MiB or 20 MB",
} as const;
