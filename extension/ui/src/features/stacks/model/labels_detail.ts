/** Texts of the page of one stack. */
import { formatBytesOf, formatSpan } from "../../../lib/format.ts";
import type { Transfer } from "./runs.ts";

/** Texts of the page of one stack. */
export const DETAIL_LABELS = {
  onHost: (hostId: string) => `on host ${hostId}`,
  removed: "Stack removed",
  removedHint: (name: string | undefined) =>
    name === undefined
      ? "Its containers and networks are gone."
      : `The containers and networks of “${name}” are gone.`,
  recordRemoved: (name: string) => `DockStat no longer manages “${name}”.`,
  released: (name: string) => `Released “${name}”`,
  releasedHint: "Its containers keep running. DockStat only deleted its record.",
  openProject: "Open the project",
  kept: "These paths stay:",
  notLoaded: "Cannot load this stack",
  notFound: "Stack not found",
  notFoundHint: "The stack may have been removed. A project that was adopted has a new address.",
  actions: "Actions",
  edit: "Edit",
  viewFiles: "View files",
  remove: "Remove",
  removeHelp: "Remove containers and networks; asks first",
  filesNeedToken: "Viewing the files requires the token, because they may contain secrets.",
} as const;

/** Deployments in the menu of a stack. */
export const DEPLOY_LABELS = {
  build: { label: "Build images", help: "Build every service that can be built, then deploy" },
  recreate: { label: "Recreate containers", help: "Deploy, and recreate containers that did not change" },
} as const;

/** Texts about changes that a deployment would make. */
export const PENDING_LABELS = {
  title: "Saved changes are not deployed",
  hint: "The containers do not run the files as they are stored now.",
  deploy: "Deploy changes",
  adoptionTitle: "Adopted. A deployment would change these services:",
  change: (service: string, message: string) => `${service}: ${message}`,
} as const;

/** Texts of the progress of an operation. */
export const RUN_LABELS = {
  title: "Progress",
  cancel: "Cancel",
  cancelHelp: "Stops Compose. Resources created so far remain.",
  queued: "Waiting for other operations.",
  noMessage: "Waiting for the first message from Compose.",
  resources: "Progress of each resource",
  resource: "Resource",
  state: "State",
  duration: "Duration",
  failed: "Failed",
  showDetails: "Show details",
  hideDetails: "Hide details",
  unfinished: (text: string) => `${text}: not finished`,
} as const;

/** Returns the progress of a transfer, such as "8.00 of 20.0 MiB · about 12 s left"; empty without one. */
export function transferLabel(transfer: Transfer | undefined): string {
  if (transfer === undefined) return "";
  const { current, total, remaining } = transfer;
  const bytes = formatBytesOf(current, total);
  return remaining === undefined ? bytes : `${bytes} · about ${formatSpan(Math.max(remaining, 1000))} left`;
}

/** Texts about a failed operation. */
export const FAILURE_LABELS = {
  edit: "Edit",
  rollBack: (version: number) => `Roll back to version ${version}`,
  noReason: "No reason was given.",
  output: "Compose output",
  showOutput: "Show Compose output",
  hideOutput: "Hide Compose output",
  line: (line: number, service: string | null) =>
    service === null
      ? `Line ${line} of the Compose file`
      : `Line ${line} of the Compose file, service ${service}`,
  container: (name: string) => `Open ${name}`,
  health: "Output of the health check",
} as const;

/** Returns the title of a failure notice, such as "Deploy failed, 12:04:31, exit code 1". */
export function failureHeading(title: string, time: string | undefined, exitCode: number | null): string {
  return [title, time, exitCode === null ? undefined : `exit code ${exitCode}`]
    .filter((part) => part !== undefined).join(", ");
}

/** Texts of the history of operations. */
export const HISTORY_LABELS = {
  title: "History",
  empty: "No operations yet",
  notLoaded: (reason: string) => `Cannot load the history: ${reason}`,
  noOutput: "No output",
  showPrinted: "Show Compose output",
  hidePrinted: "Hide Compose output",
  printed: (operationId: number) => `Compose output of operation ${operationId}`,
  nothingPrinted: "Compose and its builds printed nothing besides the progress.",
  printedNotLoaded: (reason: string) => `Cannot load the output: ${reason}`,
  printedLimit: (lines: number) => `Last ${lines} lines`,
  needsToken: "Viewing the output requires the token, because it may contain secrets.",
  warnings: (count: number) => count === 1 ? "1 warning" : `${count} warnings`,
  output: (operationId: number) => `Output of operation ${operationId}`,
  withExitCode: (state: string, exitCode: number) => `${state} with exit code ${exitCode}`,
} as const;

/** Returns the heading of an operation's output, such as "Operation 1 · last 100 messages". */
export function outputHeading(operationId: number, limit: number | undefined): string {
  return `Operation ${operationId}${limit === undefined ? "" : ` · last ${limit} messages`}`;
}
