/** Texts about commands and files that become a stack. */

/** Texts of the conversion of `docker run`, and of dropped files. */
export const INTAKE_LABELS = {
  open: "Convert docker run",
  title: "Convert a docker run command",
  field: "docker run command",
  convert: "Convert",
  replaces: "The Compose file below is replaced.",
  warnings: "Not in the Compose file",
  tooLong: "This command is too long.",
  oneCommand: "Enter one docker run command, without pipes, redirections or further commands.",
  noDockerRun: "Enter a command that starts with docker run.",
  notConverted: "This command cannot be converted. Check that it names an image.",
  ignored: (option: string) => `${option} has no equivalent in Compose files.`,
  envFile: (file: string) => `--env-file ${file} is not read. Copy its lines to the environment.`,
  dropHint: "Drop a Compose file here to open it.",
} as const;
