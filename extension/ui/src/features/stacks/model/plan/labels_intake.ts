/** Texts about commands and files that become a stack. */

/** Texts of the ways to begin a stack, of the conversion of `docker run`, and of dropped files. */
export const INTAKE_LABELS = {
  group: "Start from",
  sources: { template: "Templates", command: "Convert docker run", folder: "Open folder" },
  title: "Convert a docker run command",
  field: "docker run command",
  convert: "Convert",
  replaces: "The Compose file below is replaced.",
  replaceTitle: "Replace what you have typed?",
  replaceText: "The Compose file below is not saved as a stack yet, and is lost.",
  replaceAction: "Replace",
  warnings: "Not in the Compose file",
  tooLong: "This command is too long.",
  oneCommand: "Enter one docker run command, without pipes, redirections or further commands.",
  noDockerRun: "Enter a command that starts with docker run.",
  notConverted: "Could not convert this command. Check that it names an image.",
  ignored: (option: string) => `${option} has no equivalent in Compose files.`,
  envFile: (file: string) => `--env-file ${file} is not read. Copy its lines to the environment.`,
  git: "From Git",
  dropHint: "Or drop a Compose file or a folder here.",
} as const;

/** Texts of the list of templates. */
export const TEMPLATE_LABELS = {
  title: "Templates",
  search: "Search templates",
  none: (search: string) => `No template matches “${search}”.`,
  hint: "Passwords are generated in this page. Check the values of the environment before you deploy.",
} as const;
