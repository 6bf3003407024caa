/** Texts of the dialog that removes a stack or project. */

/** Texts of the dialog. */
export const REMOVE_LABELS = {
  title: (name: string) => `Remove “${name}”?`,
  action: "Remove",
  release: "Release",
  choice: "Scope of the removal",
  removeChoice: "Remove the containers, the networks and the stack",
  releaseChoice: "Release: keep the containers, and delete only the stack's record",
  volumes: "Also remove the volumes",
  volumesRemoved: "This permanently deletes the data in the volumes.",
  volumesKept: "The volumes and their data are kept.",
  preview: "Result",
  loading: "Listing what will be removed",
  notLoaded: (reason: string) => `Cannot list what will be removed: ${reason}`,
  goes: "Will be removed",
  stays: "Will stay",
  nothing: "Nothing",
  containers: "Containers",
  networks: "Networks",
  volumesOf: "Volumes, with their data",
  files: "Files",
  record: "The stack's record in DockStat",
  everything: "All containers, networks and volumes",
  volumesStay: "All volumes and their data",
  sized: (name: string, size: string) => `${name}, ${size}`,
} as const;
