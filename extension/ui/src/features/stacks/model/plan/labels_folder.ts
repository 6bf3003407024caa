/** Texts of the upload of a folder. */

/** Texts of the list of a folder's files. */
export const FOLDER_LABELS = {
  title: "Folder",
  choose: "Choose folder",
  input: "Folder to open",
  hint: "Choose a folder with a Compose file, or drop one above. You see the list before anything is stored.",
  limits: "Up to 1 MiB per file, 16 MiB and 1,000 files in all. The folder .git is left out.",
  files: (name: string) => `Files of ${name}`,
  use: "Use this folder",
  noCompose: "The folder has no Compose file, such as compose.yaml, that can be used.",
  empty: "The folder has no files.",
  notRead: (reason: string) => `Cannot read the folder: ${reason}`,
  reading: "Reading the folder…",
  cut: "The folder has more than 2,000 files. Only the first ones are listed.",
  counts: (used: number, refused: number) =>
    `${used} ${used === 1 ? "file" : "files"} used${refused === 0 ? "" : `, ${refused} left out`}`,
  uses: { compose: "Compose file", env: "Environment", file: "File", refused: "Left out" },
  tooLarge: "It is larger than 1 MiB.",
  tooLargeInAll: "The files are larger than 16 MiB in all.",
  tooMany: "A stack can have 1,000 files.",
  unreadable: "The browser cannot read it.",
  notText: "It is not UTF-8 text.",
  archive: "Archives are not unpacked. Unpack it, and choose the folder again.",
} as const;
