/** Texts of the pages of a stack's files and versions. */
import type { StackVersion } from "../../../../../../server/protocol/stack_versions.ts";
import { formatTime } from "../../../lib/format.ts";
import type { FileDifference } from "./version_difference.ts";

/** Texts of the links between the pages of a stack. */
export const TAB_LABELS = {
  label: (name: string) => `Pages of ${name}`,
  overview: "Overview",
  logs: "Logs",
  files: "Files",
  versions: "Versions",
} as const;

/** Texts of the page of files. */
export const FILES_LABELS = {
  title: "Files",
  hint: "Files that the Compose file names: env_file, configs, secrets and build contexts. " +
    "Up to 1 MiB each, 16 MiB and 1,000 files in all.",
  path: "Path",
  size: "Size",
  actions: "Actions",
  empty: "No files yet",
  emptyHint: "Add the files that the Compose file names.",
  notLoaded: (reason: string) => `Cannot load the files: ${reason}`,
  missing: "Missing",
  missingHint: "The Compose file names this file, and it does not exist",
  newPath: "Path of the new file",
  newPathHint: "Such as config/app.env. An upload may leave it empty, or name only a folder: config/",
  invalidPath: "Enter a path within the folder of the stack, such as config/app.env.",
  create: "New text file",
  upload: "Upload",
  chooseFile: "File to upload",
  download: (path: string) => `Download ${path}`,
  remove: (path: string) => `Delete ${path}`,
  downloadHelp: "Download",
  removeHelp: "Delete",
  removeTitle: (path: string) => `Delete “${path}”?`,
  removeAction: "Delete",
  removeText: "Earlier versions of the stack keep the file.",
  replaceTitle: (path: string) => `Replace “${path}”?`,
  replaceAction: "Replace",
  replaceText: "The stack has a file of this name. Earlier versions of the stack keep it.",
  tooLarge: (name: string) => `Cannot upload “${name}”: a file can have 1 MiB at most.`,
} as const;

/** Texts of the page of one file. */
export const FILE_LABELS = {
  notLoaded: "Cannot load this file",
  notText: "This file is not text",
  notTextHint: "Download it to view it, or upload another in its place.",
  download: "Download",
  hint: "Saved byte for byte. Ctrl+F finds · Tab leaves the editor (⌘ on a Mac)",
} as const;

/** Texts of the page of versions. */
export const VERSIONS_LABELS = {
  title: "Versions",
  hint: "Each save makes a version of all files. The newest 50 are kept.",
  version: "Version",
  saved: "Saved",
  reason: "Reason",
  deployed: "Last deployed",
  actions: "Actions",
  empty: "No versions yet",
  emptyHint: "The next save makes the first version.",
  notLoaded: (reason: string) => `Cannot load the versions: ${reason}`,
  current: "Stored now",
  never: "Never",
  beforeAdoption: "Before the adoption",
  compare: "Compare",
  compareOf: (version: number) => `Compare version ${version} with now`,
  deploy: "Deploy",
  deployOf: (version: number) => `Deploy version ${version}`,
  deployTitle: (version: number) => `Deploy version ${version}?`,
  deployText:
    "The files of this version are restored, and the containers use the images of its last deployment, " +
    "even if their tags have moved. A version that was never deployed uses the images that the tags name now.",
  restore: "Restore",
  restoreOf: (version: number) => `Restore version ${version}`,
  restoreTitle: (version: number) => `Restore version ${version}?`,
  restoreText: "The Compose file, the environment and the files become those of this version. " +
    "Nothing is deployed, and the current ones stay in the list of versions.",
} as const;

/** Texts of the comparison of a version with the current one. */
export const COMPARE_LABELS = {
  back: "← Versions",
  title: (version: number) => `Version ${version} and now`,
  legend: (version: number) => `− only in version ${version}, + only now`,
  compose: "Compose file",
  env: "Environment (.env)",
  files: "Files",
  images: "Images of the last deployment",
  service: "Service",
  image: "Image",
  digest: "Digest",
  noDigest: "Never pulled",
  noImages: "This version was never deployed.",
  equal: "No difference",
  tooDifferent: "The texts differ too much to compare them line by line.",
  notLoaded: "Cannot load this version",
  difference: (name: string) => `Difference of the ${name}`,
} as const;

const CHANGE_LABELS: Readonly<Record<FileDifference["change"], string>> = {
  added: "only now",
  removed: "only in this version",
  changed: "different",
};

/** Returns the label of a file that differs, such as "config/app.env: different". */
export function fileDifferenceLabel({ path, change }: FileDifference): string {
  return `${path}: ${CHANGE_LABELS[change]}`;
}

/** Returns the time of the last deployment; that of an adopted project whose files have changed since is not known. */
export function lastDeployedLabel(
  { reason, deployed_at }: Pick<StackVersion, "reason" | "deployed_at">,
): string {
  if (deployed_at !== null) return formatTime(Date.parse(deployed_at));
  return reason === "adopted" ? VERSIONS_LABELS.beforeAdoption : VERSIONS_LABELS.never;
}

/** Returns the reason of a version as a sentence, such as "Restored from version 3". */
export function reasonLabel({ reason }: Pick<StackVersion, "reason">): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
