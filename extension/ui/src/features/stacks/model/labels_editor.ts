/** Texts of the editor of stacks. */
import type { Issue } from "./stack_requests.ts";
import { FILE_TAB_LABELS } from "./plan/labels_files.ts";

/** Texts of the pages and the form. */
export const EDITOR_LABELS = {
  newTitle: "New stack",
  editTitle: (name: string | undefined) => name === undefined ? "Edit stack" : `Edit “${name}”`,
  create: "Create",
  createAndDeploy: "Create and deploy",
  save: "Save",
  saveAndDeploy: "Save and deploy",
  saving: "Saving…",
  emptyCompose: "The Compose file is empty.",
  filesNotLoaded: "Cannot load the files of this stack",
  loadingEditor: "Loading the editor",
  crlf: "CRLF line endings",
  format: "Format",
  formatHelp: "Fix the indentation; keeps comments",
} as const;

/** Texts of the fields for the name and the host. */
export const PLACE_LABELS = {
  name: "Name",
  nameRule: "a-z, 0-9, - and _ · starts with a letter or digit · up to 63",
  noName: "Enter a name for the stack.",
  invalidName: (name: string) =>
    `“${name}” is not a valid stack name. Use up to 63 of a-z, 0-9, - and _, starting with a letter or digit.`,
  host: "Host",
  hostHint: "Where the containers run",
} as const;

/** Texts around the editor of the Compose file. */
export const COMPOSE_LABELS = {
  label: "Compose file",
  hint: "Ctrl+Space completes · Ctrl+] and Ctrl+[ indent · Ctrl+F finds · Tab leaves the editor (⌘ on a Mac)",
  placeholder: '# for example\nservices:\n  web:\n    image: nginx:1.29\n    ports: ["8080:80"]',
} as const;

/** Texts around the editor of the environment. */
export const ENV_LABELS = {
  label: FILE_TAB_LABELS.env,
  hint: "NAME=value, one per line. Used for ${NAME} in the Compose file.",
  placeholder: "# for example\nTAG=1.29",
} as const;

/** Texts about a draft. */
export const DRAFT_LABELS = {
  saved: "Draft saved",
  restored: "These are your unsaved changes. The server keeps them until you save or discard them.",
  discard: "Discard changes",
} as const;

/** Texts of the notice about a newer version. */
export const CONFLICT_LABELS = {
  title: "A newer version was saved",
  hint: (paths: readonly string[]) =>
    `Your changes are not saved yet. Choose which version to keep${
      paths.length === 0 ? "" : ` of ${paths.join(", ")}`
    }.`,
  load: "Load newer version",
  keep: "Keep mine",
  keepHelp: (deploy: boolean) => deploy ? "Save and deploy your version" : "Save your version",
  dialogTitle: "Load the newer version?",
  dialogAction: "Load",
  dialogText: "Your unsaved changes will be lost.",
} as const;

/** Texts of lists of errors and warnings. */
export const ISSUE_LABELS = {
  error: "Error",
  warning: "Warning",
  errors: "Errors",
  listOf: (label: string) => `${label}: errors and warnings`,
} as const;

/** Returns the position of an issue, such as "Line 3, column 5"; `undefined` without a line. */
export function positionLabel({ line, column }: Issue): string | undefined {
  if (line === undefined) return undefined;
  return column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`;
}

/** Texts of the result of a check. */
export const VERDICT_LABELS = {
  checking: "Checking…",
  notChecked: (reason: string) => `Could not check the file: ${reason}`,
  invalid: (errors: number) =>
    errors === 0 ? "Compose rejected the file" : `${counted(errors, "error")} in the Compose file`,
  valid: (warnings: number, services: readonly string[]) =>
    `Valid${warnings === 0 ? "" : `, ${counted(warnings, "warning")}`} · ${
      counted(services.length, "service")
    }: ${services.join(", ")}`,
} as const;

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
