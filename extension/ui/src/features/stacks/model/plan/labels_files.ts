/** Texts of the files in the editor. */

/** Path of the local override of a stack from Git. */
export const OVERRIDE_PATH = "compose.override.yaml";

/** Texts about paths that a stack cannot have. */
export const PATH_LABELS = {
  characters: "Use no backslash and no control character.",
  outside: "Enter a path within the folder of the stack, such as config/app.env.",
  levels: "Use at most 16 levels of folders.",
  long: "Use names of at most 255 bytes.",
  longPath: "Use a path of at most 1,024 bytes.",
  git: "A stack cannot have a .git folder.",
  env: "The environment has its own tab.",
  compose: "Compose reads files of this name by default. Choose another name.",
  taken: (path: string) => `The stack has the file “${path}”.`,
} as const;

/** Texts of the tabs and their files. */
export const FILE_TAB_LABELS = {
  label: "Files of the stack",
  env: "Environment (.env)",
  unsaved: "not saved",
  issues: (count: number) => `${count} ${count === 1 ? "issue" : "issues"}`,
  more: (count: number) => `${count} more ${count === 1 ? "file" : "files"}`,
  add: "Add file",
  addHelp: "Add a text file, such as config/app.env",
  addTitle: "Add a text file",
  addAction: "Add",
  path: "Path",
  rename: "Rename",
  renameTitle: (path: string) => `Rename “${path}”`,
  renameAction: "Rename",
  remove: "Delete",
  removeUnsaved: "This file is not saved yet.",
  removed: "Deleted when you save:",
  keep: "Keep",
  keepHelp: (path: string) => `Keep ${path}`,
  repositoryEnv: "Environment of the repository",
  repositoryEnvHint: "Default values. The local environment above overrides them.",
  gitComposeHint: `This file comes from Git. Put local changes in ${OVERRIDE_PATH}.`,
  noOverride: "No override yet",
  noOverrideHint: "Compose merges this file into the Compose file of the repository. Pulls do not change it.",
  missing: "The stack does not have this file yet",
  missingHint: "The Compose file names it.",
  create: "Create this file",
  unstored: "Files that are not text are kept in this page only, until you save the stack.",
  notStored: (path: string, reason: string) => `Cannot store “${path}”: ${reason}`,
} as const;
